// A script's titles are told while it runs, its last words when it fails, and it ends with whoever asked for it.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runScript } from './script';

let folder: string;
const never = new AbortController().signal;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boathouse-script-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function script(text: string): Promise<string> {
  const file = join(folder, 'script.sh');
  await writeFile(file, `#!/bin/sh\n${text}\n`);
  await chmod(file, 0o755);
  return file;
}

it('tells titles, on either stream, and passes arguments', async () => {
  const titles: string[] = [];
  const file = await script('echo "== Building $1"; echo noise; echo "== Done" >&2');
  await runScript(file, ['node'], (title) => titles.push(title), never);
  expect(titles.sort()).toEqual(['Building node', 'Done']);
});

it("fails with the script's own complaint and its last lines", async () => {
  const file = await script('for i in $(seq 100); do echo "line $i"; done; echo "error: no space left" >&2; exit 3');
  const error = await runScript(file, [], () => {}, never).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'exec-failed', message: 'no space left' });
  const { detail } = error as { detail: string };
  expect(detail).toContain('line 100');
  expect(detail).not.toContain('line 50\n');
});

it('says which script failed when that says nothing', async () => {
  await expect(runScript(await script('exit 1'), [], () => {}, never)).rejects.toMatchObject({
    code: 'exec-failed',
    message: 'script.sh failed',
  });
});

it('ends the script with everything that it started', async () => {
  const stop = new AbortController();
  // The inner program holds the script's output open: only its end lets the run settle.
  const file = await script('sleep 1000 & echo "== Sleeping"; wait');
  const running = runScript(file, [], () => stop.abort(), stop.signal);
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
});

it('starts nothing when it is too late', async () => {
  const file = await script(`touch ${folder}/started`);
  await expect(runScript(file, [], () => {}, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
});
