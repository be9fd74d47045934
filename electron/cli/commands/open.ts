// `boathouse open`: the app, in the desktop's window where Electron is there, else in the browser.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { exitCodes } from '../errors';
import type { Product, Session } from '../session';
import { chooseShell, electronBinary } from '../surroundings';
import { serve } from './serve';

/** Milliseconds after which a window that has not ended counts as open. */
const settles = 1500;

/** @returns the exit code */
export async function open(session: Session): Promise<number> {
  if (await openWindow(session.product)) {
    session.terminal.err('Boathouse opens in its window.');
    return exitCodes.done;
  }
  return serve(session, { open: true });
}

/** Starts the desktop as a process of its own. @returns whether it could be, and stayed */
export async function openWindow(product: Product): Promise<boolean> {
  const { folder, platform, environment, userId } = product;
  const binary = electronBinary(folder, platform);
  if (chooseShell({ electronThere: existsSync(binary), platform, environment, userId }) === 'browser') return false;
  const child = spawn(binary, [folder], { detached: true, stdio: 'ignore' });
  const stayed = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(true), settles);
    const ended = (good: boolean) => {
      clearTimeout(timer);
      resolve(good);
    };
    child.once('error', () => ended(false));
    // A second instance hands over to the first one and ends well.
    child.once('exit', (code) => ended(code === 0));
  });
  child.unref();
  return stayed;
}
