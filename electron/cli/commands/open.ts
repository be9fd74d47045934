// `boathouse open`: the app, in the desktop's window where Electron is there, else in the browser; perhaps at a template's file.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readOpened } from '../../core/templates/opened-file';
import { exitCodes } from '../errors';
import type { Product, Session } from '../session';
import { chooseShell, electronBinary } from '../surroundings';
import { serve } from './serve';

/** Milliseconds after which a window that has not ended counts as open. */
const settles = 1500;

/**
 * @param given a template's file, which is looked at in the app and kept there, if at all
 * @returns the exit code
 * @throws AppError `bad-input` for a file that cannot be read
 */
export async function open(session: Session, given?: string): Promise<number> {
  const file = given === undefined ? undefined : resolve(given);
  // What is wrong with the file is better told here than in a window.
  if (file !== undefined) await readOpened(file);
  if (await openWindow(session.product, file)) {
    session.terminal.err('Boathouse opens in its window.');
    return exitCodes.done;
  }
  return serve(session, { open: true, ...(file && { show: `/templates/import?file=${encodeURIComponent(file)}` }) });
}

/** Starts the desktop as a process of its own, perhaps at a template's file. @returns whether it could be, and stayed */
export async function openWindow(product: Product, file?: string): Promise<boolean> {
  const { folder, platform, environment, userId } = product;
  const binary = electronBinary(folder, platform);
  if (chooseShell({ electronThere: existsSync(binary), platform, environment, userId }) === 'browser') return false;
  const child = spawn(binary, [folder, ...(file === undefined ? [] : [file])], { detached: true, stdio: 'ignore' });
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
