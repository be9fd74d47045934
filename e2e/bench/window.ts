// What the app asks of a browser before it can be used: the JavaScript it begins with, its first paint, and when it answers. `npm run bench:window [-- --rounds N]`
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { median, table } from './figures';
import { clockOf, type ServedApp, serveApp, timesOf } from './served-app';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const dist = join(import.meta.dirname, '..');
const image = process.env.BOATHOUSE_TEST_NODE_IMAGE ?? 'testbed/node:v1.20.2';
const clusters = ['bh-bench-one', 'bh-bench-two', 'bh-bench-three'];

/** Bytes, as they travel compressed, of the scripts that a page loads before anything runs. */
async function firstScripts(): Promise<number> {
  const page = await readFile(join(dist, 'renderer/index.html'), 'utf8');
  const scripts = new Set([...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path = '']) => path));
  const sizes = [...scripts].map(async (path) => gzipSync(await readFile(join(dist, 'renderer', path))).length);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Milliseconds since the page was opened: its first paint, and when its clusters are shown and nothing keeps it from answering. */
async function openOnce(app: ServedApp): Promise<{ painted: number; answers: number }> {
  const page = await app.open();
  for (const name of clusters) await page.getByRole('main').getByText(name, { exact: true }).first().waitFor();
  const shown = await clockOf(page);
  await page.waitForTimeout(1000);
  const { firstPaint, longTasks } = await timesOf(page);
  const busy = longTasks.filter(({ begin }) => begin <= shown).map(({ begin, took }) => begin + took);
  await page.context().close();
  return { painted: firstPaint, answers: Math.max(shown, ...busy) };
}

const bytes = await firstScripts();
const app = await serveApp();
try {
  for (const name of clusters) await app.boathouse('create', name, '--template', 'single', '--image', image);
  const rounds: Awaited<ReturnType<typeof openOnce>>[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) rounds.push(await openOnce(app));
  const row = (what: string, all: number[]) => [what, ...[median(all), Math.max(...all)].map((one) => one.toFixed(0))];
  const painted = rounds.map((one) => one.painted);
  const answers = rounds.map((one) => one.answers);
  console.log(`first JavaScript: ${(bytes / 1000).toFixed(0)} kB compressed`);
  console.log(table([['ms, 3 clusters', 'median', 'most'], row('first paint', painted), row('answers', answers)]));
} finally {
  for (const name of clusters) await app.boathouse('delete', name, '--yes').catch(() => {});
  await app.close();
}
