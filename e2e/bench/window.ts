// What the app asks of a browser: the JavaScript it begins with, its first paint, when it answers, and how long it is kept from that while a cluster changes. `npm run bench:window [-- --rounds N]`
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { connectKube, type Kube } from '../../electron/core/kube/connect';
import { median, table } from './figures';
import { clockOf, longestTask, type ServedApp, serveApp, timesOf } from './served-app';

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

/** Objects that a screen lists, and how often one of them changes. */
const objects = 400;
const burst = { seconds: 5, perSecond: 300 };
/** Milliseconds. */
const settle = 20_000;
const never = () => new AbortController().signal;
const path = '/api/v1/namespaces/default/configmaps';

/** Milliseconds of the longest task while the objects of a cluster change on screen, and how many changes that were a second. */
async function whileItChanges(app: ServedApp, name: string): Promise<{ longest: number; perSecond: number }> {
  const { stdout } = (await app.boathouse('kubeconfig', 'show', name)) as { stdout: string };
  const kube = await connectKube(stdout);
  await atOnce(objects, (index) =>
    kube.call({ method: 'POST', path, object: { metadata: { name: `thing-${index}` } } }, never()),
  );
  const page = await app.open();
  await page.getByRole('heading', { level: 1, name: 'Clusters' }).waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, `#/kubeconfig/kind-${name}?kind=configmaps&namespace=default&name=thing-0`);
  await page
    .getByRole('row', { name: /thing-/ })
    .first()
    .waitFor();
  await page.waitForTimeout(1000);
  const begun = await clockOf(page);
  const perSecond = await change(kube);
  await page.waitForTimeout(500);
  const longest = await longestTask(page, begun);
  await page.context().close();
  return { longest, perSecond };
}

async function atOnce(all: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < all) await work(next++);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}

/** Asks for so many changes a second; says how many a second it came to. */
async function change(kube: Kube): Promise<number> {
  const all = burst.seconds * burst.perSecond;
  const begun = performance.now();
  await atOnce(all, async (index) => {
    const wait = begun + (index / burst.perSecond) * 1000 - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const object = { metadata: { labels: { turn: `${index}` } } };
    await kube.call({ method: 'PATCH', path: `${path}/thing-${index % objects}`, object }, never());
  });
  return (all / (performance.now() - begun)) * 1000;
}

const bytes = await firstScripts();
const app = await serveApp();
try {
  for (const name of clusters) await app.boathouse('create', name, '--template', 'single', '--image', image);
  // New control planes are busy with themselves for a while.
  await pause(settle);
  const rounds: Awaited<ReturnType<typeof openOnce>>[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) rounds.push(await openOnce(app));
  const row = (what: string, all: number[], wanted: string) => [
    what,
    ...[median(all), Math.max(...all)].map((one) => one.toFixed(0)),
    wanted,
  ];
  const painted = rounds.map((one) => one.painted);
  const answers = rounds.map((one) => one.answers);
  const [first = ''] = clusters;
  const changed = await whileItChanges(app, first);
  console.log(`first JavaScript: ${(bytes / 1000).toFixed(0)} kB compressed, wanted: < 350 kB`);
  console.log(
    table([
      ['ms, 3 clusters', 'median', 'most', 'wanted'],
      row('first paint', painted, '< 1000'),
      row('answers', answers, '< 1500'),
      row(`longest task, ${changed.perSecond.toFixed(0)} changes a second`, [changed.longest], '< 100'),
    ]),
  );
} finally {
  for (const name of clusters) await app.boathouse('delete', name, '--yes').catch(() => {});
  await app.close();
}
