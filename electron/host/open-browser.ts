// Opens an address in the user's browser with the platform's own command.
import { spawn } from 'node:child_process';

/** The command that opens an address: xdg-utils on Linux, `open` on macOS, the shell's `start` on Windows. */
export function openCommand(platform: NodeJS.Platform, address: string): [file: string, ...args: string[]] {
  if (platform === 'darwin') return ['open', address];
  // `start` takes its first quoted argument as a title.
  if (platform === 'win32') return ['cmd.exe', '/d', '/c', 'start', '""', address];
  return ['xdg-open', address];
}

/** @returns whether the command could be started; it is not waited for, browsers may stay as long as they like */
export function openBrowser(address: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const [file, ...args] = openCommand(platform, address);
  const child = spawn(file, args, { stdio: 'ignore', detached: true });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
