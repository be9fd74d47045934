// `boathouse serve`: the app in a browser; one host per user, found again when it already runs.
import { join } from 'node:path';
import { AppError } from '../../../shared/model/errors';
import { addressAt, startHost } from '../../host/host';
import { openBrowser } from '../../host/open-browser';
import { findRunningHost, forgetHost, inviteTo, type RunningHost, recordHost, stopHost } from '../../host/running-host';
import { exitCodes } from '../errors';
import { printResult, type Session } from '../session';
import { canShowWindow } from '../surroundings';

export interface ServeOptions {
  port?: number;
  open?: boolean;
  stop?: boolean;
  /** Where in the app it begins, such as `/doctor`. */
  show?: string;
}

/**
 * Serves until interrupted; returns at once when a host already runs, after saying where.
 * @returns the exit code
 * @throws AppError `port-taken`; `busy` when one runs on another port than asked for
 */
export async function serve(session: Session, options: ServeOptions): Promise<number> {
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
  const { folder, stateFolder, version } = session.product;
  const { router } = await session.core('browser');
  const rendererFolder = join(folder, 'dist', 'renderer');
  const log = (line: string) => session.product.announce && session.terminal.err(line);
  const host = await startHost({ router, rendererFolder, version, port: options.port, log });
  try {
    await recordHost(stateFolder, host);
    // A log keeps what is printed: in the background the address is in the record only.
    if (session.product.announce) session.product.announce();
    else
      printAddress(session, {
        ...host,
        address: addressAt(host.address, options.show),
        pid: process.pid,
        started: true,
      });
    if (options.open) await openPage(session, host, options.show);
    await new Promise<void>((resolve) => {
      if (session.interrupt.aborted) resolve();
      session.interrupt.addEventListener('abort', () => resolve(), { once: true });
    });
    return exitCodes.done;
  } finally {
    await forgetHost(stateFolder);
    await host.close();
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
