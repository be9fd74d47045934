// A process that is killed in the middle of writing a kubeconfig leaves the old file or the new one, whole.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseKubeconfig } from './parse';

const root = join(import.meta.dirname, '../../..');
let built: string;
let folder: string;

beforeAll(async () => {
  await mkdir(join(root, 'dist'), { recursive: true });
  built = await mkdtemp(join(root, 'dist', 'tested-'));
  folder = await mkdtemp(join(tmpdir(), 'kubeconfig-killed-'));
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: join(import.meta.dirname, 'write.ts'),
      outDir: built,
      rollupOptions: { output: { entryFileNames: 'write.mjs' } },
    },
  });
}, 120_000);
afterAll(async () => {
  for (const made of [built, folder]) await rm(made, { recursive: true, force: true });
});

it('old or new, at every point that was hit', async () => {
  const file = join(folder, 'config');
  const text = (letter: string) => `# ${letter.repeat(200_000)}\ncurrent-context: ${letter}\n`;
  await writeFile(file, text('a'));
  const script = `
    import { rewriteKubeconfig } from ${JSON.stringify(join(built, 'write.mjs'))};
    const options = { directories: { state: ${JSON.stringify(join(folder, 'state'))} } };
    const swap = (text) => text.replaceAll(/./g, (letter) => (letter === 'a' ? 'b' : letter === 'b' ? 'a' : letter));
    process.stdout.write('ready');
    while (true) await rewriteKubeconfig(options, ${JSON.stringify(file)}, swap, new AbortController().signal);`;
  const seen = new Set<string>();
  for (let round = 0; round < 12; round += 1) {
    const run = execa('node', ['--input-type=module', '-e', script], { reject: false, buffer: false });
    await new Promise((resolve) => run.stdout.once('data', resolve));
    const until = performance.now() + round * 7;
    while (performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
    run.kill('SIGKILL');
    await run;
    const left = await readFile(file, 'utf8');
    expect(left).toHaveLength(text('a').length);
    seen.add(parseKubeconfig(left, file).model.currentContext.replace(/[^ab]/g, ''));
    // What a crash leaves behind, and the doctor removes.
    await rm(`${file}.lock`, { force: true });
  }
  expect(seen.size).toBeGreaterThan(0);
}, 120_000);
