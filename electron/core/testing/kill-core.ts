// For tests: builds a core into a program of its own, lets it create a cluster or run a dev loop, and kills it (-9) in the middle.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import type { ChildOrder, ChildReport } from './child-core';

const root = resolve(import.meta.dirname, '../../..');

/** Below node_modules, so that the program finds the packages that stay outside of it. */
async function buildChild(): Promise<string> {
  const cache = join(root, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const outDir = await mkdtemp(join(cache, 'boathouse-test-'));
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      outDir,
      ssr: join(import.meta.dirname, 'child-core.ts'),
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  });
  return outDir;
}

/** Resolves when the process is dead, killed as soon as a step or stage of the kind `step` had begun, or `later` milliseconds after. */
export async function killDuring(step: string, order: ChildOrder, later = 0): Promise<void> {
  const outDir = await buildChild();
  try {
    const child = fork(join(outDir, 'child.mjs'), { stdio: 'inherit' });
    const exited = once(child, 'exit');
    child.on('message', (begun) => {
      if ((begun as ChildReport).includes(step)) setTimeout(() => child.kill('SIGKILL'), later);
    });
    child.send(order);
    const [, signal] = (await exited) as [number | null, NodeJS.Signals | null];
    if (signal !== 'SIGKILL') throw new Error(`the core ended before it came to ${step}`);
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}
