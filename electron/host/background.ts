// Starts the host as a process of its own that outlives the command which asked for it.
import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/model/errors';
import { findRunningHost, type RunningHost } from './running-host';

/** Milliseconds in which the new process must have said that it listens. */
const startWithin = 20_000;

/**
 * @param script what Node is to run, with `serve` as its argument; it sends a message when the host listens
 * @param signal gives up waiting and ends the new process
 * @throws AppError `internal` with the end of its log when it ends before it listens
 */
export async function startInBackground(
  script: string,
  stateFolder: string,
  signal: AbortSignal,
): Promise<RunningHost> {
  await mkdir(stateFolder, { recursive: true, mode: 0o700 });
  const logFile = join(stateFolder, 'host.log');
  const log = await open(logFile, 'w', 0o600);
  try {
    const child = spawn(process.execPath, [script, 'serve'], {
      detached: true,
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
    });
    const limit = AbortSignal.any([signal, AbortSignal.timeout(startWithin)]);
    const listens = await new Promise<boolean>((resolve) => {
      child.once('message', () => resolve(true));
      for (const event of ['error', 'exit', 'disconnect']) child.once(event, () => resolve(false));
      if (limit.aborted) resolve(false);
      limit.addEventListener('abort', () => resolve(false), { once: true });
    });
    const running = listens ? await findRunningHost(stateFolder) : undefined;
    if (!running) {
      child.kill();
      signal.throwIfAborted();
      throw notStarted(await readFile(logFile, 'utf8'), logFile);
    }
    child.disconnect();
    child.unref();
    return running;
  } finally {
    await log.close();
  }
}

function notStarted(log: string, file: string): AppError {
  const detail = log.trimEnd().split('\n').slice(-15).join('\n');
  return new AppError('internal', 'The app could not be served in the background', {
    ...(detail && { detail }),
    hints: [{ text: `Its log is ${file}` }, { text: 'See what it says in the foreground: boathouse serve' }],
  });
}
