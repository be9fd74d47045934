// `boathouse serve`: the app in a browser; one host per user, found again when it already runs, and kept alive.
import { join } from 'node:path';
import { AppError } from '../../../shared/model/errors';
import { whenAborted } from '../../core/live/signal';
import { addressAt, startHost } from '../../host/host';
import { keepServing } from '../../host/keeper';
import { listenToKeeper } from '../../host/kept';
import { openBrowser } from '../../host/open-browser';
import { findRunningHost, forgetHost, inviteTo, type RunningHost, recordHost, stopHost } from '../../host/running-host';
import { errorDataOf, exitCodes } from '../errors';
import { printResult, type Session } from '../session';
import { canShowWindow } from '../surroundings';

export interface ServeOptions {
  port?: number;
  open?: boolean;
  stop?: boolean;
  /** Where in the app it begins, such as `/doctor`. */
  show?: string;
  /** This process is a kept one, and whether its log is wanted. */
  kept?: 'log' | 'quiet';
}

/**
 * Serves until interrupted; returns at once when a host already runs, after saying where.
 * @returns the exit code
 * @throws AppError `port-taken`; `busy` when one runs on another port than asked for
 */
export async function serve(session: Session, options: ServeOptions): Promise<number> {
  if (options.kept) return serveKept(session, options.kept === 'log');
  const running = await findRunningHost(session.product.stateFolder);
  if (options.stop) return stop(session, running);
  if (running) {
    if (options.port !== undefined && options.port !== running.port) throw elsewhere(running);
    printAddress(session, { ...running, address: addressAt(running.address, options.show), started: false });
    printVersionNote(session, running);
    if (options.open) await openPage(session, running, options.show);
    return exitCodes.done;
  }
  return serveHere(session, options);
}

async function serveHere(session: Session, options: ServeOptions): Promise<number> {
  const { stateFolder, script, announce } = session.product;
  try {
    await keepServing({
      script,
      port: options.port,
      logs: announce !== undefined || Boolean(session.product.environment.BOATHOUSE_DEBUG),
      signal: session.interrupt,
      async onListening(host) {
        await recordHost(stateFolder, host);
        // A log keeps what is printed: in the background the address is in the record only.
        if (announce) announce();
        else {
          const address = addressAt(host.address, options.show);
          printAddress(session, { ...host, address, pid: process.pid, started: true });
        }
        if (options.open) await openPage(session, host, options.show);
      },
      onDeath: (how) => session.terminal.err(`The core ended by itself (${how}); it is started again.`),
    });
    return exitCodes.done;
  } finally {
    await forgetHost(stateFolder);
  }
}

/** The process that is kept: it has the core, and serves as its keeper tells it. */
async function serveKept(session: Session, logs: boolean): Promise<number> {
  const { folder, version } = session.product;
  const keeper = listenToKeeper();
  const { restartedAt, ...orders } = await keeper.orders;
  try {
    const { router } = await session.core('browser', restartedAt);
    const log = (line: string) => logs && session.terminal.err(line);
    const rendererFolder = join(folder, 'dist', 'renderer');
    const host = await startHost({ ...orders, router, rendererFolder, version, log });
    const { port, address, token, secret } = host;
    await keeper.tell({ listens: { port, address, token, secret } });
    await whenAborted(AbortSignal.any([keeper.signal, session.interrupt]));
    await host.close();
    return exitCodes.done;
  } catch (error) {
    await keeper.tell({ failed: errorDataOf(error) });
    return exitCodes.failed;
  } finally {
    keeper.leave();
  }
}

/** Opens the browser, or says what to open where none can be shown. */
export async function openPage(session: Session, host: { port: number; token: string }, show?: string): Promise<void> {
  const { environment, platform } = session.product;
  const address = canShowWindow(platform, environment) ? await inviteTo(host) : undefined;
  const opened = address !== undefined && (await openBrowser(addressAt(address, show), platform));
  if (!opened && !session.json)
    session.terminal.err('No browser could be opened from here: open the address yourself.');
}

/** Says so when the running host is of another version than this command. */
export function printVersionNote(session: Session, running: RunningHost): void {
  if (session.json || running.version === session.product.version) return;
  session.terminal.err(`It is version ${running.version}. For this version: boathouse serve --stop, then serve again.`);
}

function printAddress(session: Session, host: { address: string; port: number; pid: number; started: boolean }): void {
  const { address, port, pid, started } = host;
  const ending = started ? 'Stop with Ctrl-C; clusters go on.' : `Served already, by process ${pid}.`;
  printResult(session, { address, port, pid, started }, () => [`Boathouse: ${address}`, ending]);
}

async function stop(session: Session, running: RunningHost | undefined): Promise<number> {
  if (running) await stopHost(running);
  const words = running ? 'The app is no longer served. Clusters go on.' : 'The app is not served.';
  printResult(session, { stopped: running !== undefined }, () => [words]);
  return exitCodes.done;
}

function elsewhere(running: RunningHost): AppError {
  return new AppError('busy', `The app is already served on port ${running.port}`, {
    params: { port: running.port },
    hints: [{ text: 'Stop that first: boathouse serve --stop' }],
  });
}
