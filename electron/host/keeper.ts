// Keeps the core and its host alive, from a process beside theirs: when theirs dies, another one takes its place, at the same address and with the same sessions.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { AppError } from '../../shared/model/errors';
import type { Listening, Orders, Told } from './kept';

/** So many deaths within so many milliseconds, and the next one would come as soon. */
const deathsAtMost = 4;
const within = 60_000;
/** Milliseconds between a death and the next process: a port may need a moment to be free. */
const rest = 200;

export interface KeepRequest {
  /** What Node is to run: the command itself, which is given `serve --kept`. */
  script: string;
  /** Exactly this port; undefined: the first free one. */
  port?: number | undefined;
  /** Whether the process's lines for its log are wanted on standard error. */
  logs: boolean;
  /** Ends the process in order: its operations are undone, its connections closed. */
  signal: AbortSignal;
  /** Once, when it listens for the first time. */
  onListening(host: Listening): Promise<void>;
  /** When it died by itself and another one is started; says how. */
  onDeath(how: string): void;
}

/**
 * Serves until aborted.
 * @throws AppError what the process says when it cannot begin (`port-taken`); `internal` when it dies again and again
 */
export async function keepServing(request: KeepRequest): Promise<void> {
  const deaths: number[] = [];
  let host: Listening | undefined;
  while (!request.signal.aborted) {
    const restartedAt = deaths.at(-1);
    const child = begin(request);
    const ended = endOf(child);
    const told = await asked(child, ended, {
      pid: process.pid,
      port: host?.port ?? request.port,
      ...(host && { token: host.token, secret: host.secret }),
      ...(restartedAt !== undefined && { restartedAt }),
    });
    if ('failed' in told) throw new AppError(told.failed.code, told.failed.message, told.failed);
    if ('listens' in told && !host) {
      host = told.listens;
      await request.onListening(host);
    }
    const how = await endedOr(request.signal, child, ended);
    if (request.signal.aborted || how === 'exit 0') return;
    deaths.push(Date.now());
    if (deaths.filter((at) => at > Date.now() - within).length >= deathsAtMost) throw diesAgain(how);
    request.onDeath(how);
    await new Promise((resolve) => setTimeout(resolve, rest));
  }
}

/** In a process group of its own: Ctrl-C in a terminal is this process's, which passes it on. */
function begin({ script, logs }: KeepRequest): ChildProcess {
  return fork(script, ['serve', '--kept', logs ? 'log' : 'quiet'], {
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  } as Parameters<typeof fork>[2]);
}

async function endOf(child: ChildProcess): Promise<string> {
  const [code, signal] = await once(child, 'exit');
  return signal ? `signal ${signal}` : `exit ${code}`;
}

/** What it says to its orders; nothing when it dies before it does. */
async function asked(child: ChildProcess, ended: Promise<string>, orders: Orders): Promise<Told | { died: true }> {
  child.send(orders, () => {});
  const said = once(child, 'message').then(([message]) => message as Told);
  said.catch(() => {});
  return Promise.race([said, ended.then(() => ({ died: true }) as const)]);
}

/** Tells it to end when aborted. */
async function endedOr(signal: AbortSignal, child: ChildProcess, ended: Promise<string>): Promise<string> {
  const end = () => void (child.connected && child.send('end', () => {}));
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  const how = await ended;
  signal.removeEventListener('abort', end);
  return how;
}

function diesAgain(how: string): AppError {
  return new AppError('internal', `The core of Boathouse broke down ${deathsAtMost} times within a minute`, {
    detail: how,
    hints: [{ text: 'See what it says: BOATHOUSE_DEBUG=1 boathouse serve' }],
  });
}
