#!/usr/bin/env node
// The command `boathouse`: this process's terminal, signals and core, handed to the command that was asked for.
import { fileURLToPath } from 'node:url';
import type { Core } from '../core/options';
import { coreOptions, productFolder, userDirectories, version } from '../front';
import { errorDataOf, errorLines, exitCodes, stackLines } from './errors';
import { listenForInterrupts } from './interrupts';
import { restoreCursor } from './output/progress-view';
import { run } from './run';
import { processTerminal } from './terminal';

const terminal = processTerminal();
const debug = !!process.env.BOATHOUSE_DEBUG;
/** In the background standard error is a log; at a terminal it is for people. */
const kept = process.argv.indexOf('--kept');
const logs = debug || (kept < 0 ? process.send !== undefined : process.argv[kept + 1] === 'log');
const log = (line: string) => {
  if (logs) terminal.err(line);
};
const interrupts = listenForInterrupts(() => {
  restoreCursor(terminal);
  terminal.err('Left at once. What is left behind: boathouse list, then boathouse cleanup NAME');
  process.exit(exitCodes.cancelled);
});

// Mistakes of ours that nobody waited for. A host has work of others in its hands: it notes them and goes on.
process.on('unhandledRejection', (thrown) => {
  const lines = logs ? stackLines(thrown) : errorLines(errorDataOf(thrown), terminal.errPaint);
  for (const line of lines) terminal.err(line);
  if (process.argv[2] === 'serve') return;
  restoreCursor(terminal);
  process.exit(exitCodes.failed);
});

let core: Promise<Core> | undefined;

async function startCore(shell: 'terminal' | 'browser', restartedAt?: number): Promise<Core> {
  const { createCore } = await import('../core/app');
  return createCore({ ...coreOptions(shell, log), ...(restartedAt !== undefined && { restartedAt }) });
}

const code = await run(process.argv.slice(2), {
  terminal,
  interrupt: interrupts.signal,
  core: (shell = 'terminal', restartedAt) => {
    core ??= startCore(shell, restartedAt);
    return core;
  },
  product: {
    folder: productFolder(),
    version,
    stateFolder: userDirectories(process.platform).state,
    script: fileURLToPath(import.meta.url),
    environment: process.env,
    platform: process.platform,
    osReleaseFile: '/etc/os-release',
    userId: process.getuid?.(),
    ...(process.send && { announce: () => void process.send?.({ listens: true }) }),
  },
});
// A core that failed to start has been reported by the command that asked for it.
await core?.then((started) => started.dispose()).catch(() => {});
interrupts.dispose();
process.exitCode = code;
