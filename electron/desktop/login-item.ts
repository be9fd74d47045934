// Starting with the user's session: off until the settings say so. Electron does it on macOS and Windows; on Linux it is a file.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface LoginItemOptions {
  platform: NodeJS.Platform;
  /** The folder of the user's configuration: `~/.config`. */
  configFolder: string;
  /** The program itself: of an AppImage the file that was started, not where it is mounted. */
  program: string;
  /** Electron's own way. */
  setLoginItem(openAtLogin: boolean): void;
}

/** XDG Desktop Application Autostart: an entry in `autostart` is started with the session. Quoted as its Exec key asks. */
export function autostartEntry(program: string): string {
  const quoted = `"${program.replace(/(["\\\\`$])/g, '\\\\$1')}"`;
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Boathouse',
    `Exec=${quoted} --hidden`,
    'Terminal=false',
    '',
  ].join('\n');
}

/** Makes it so. What is so already is made anew, since the program may have moved. */
export async function startAtLogin(wanted: boolean, options: LoginItemOptions): Promise<void> {
  const { platform, configFolder, program, setLoginItem } = options;
  if (platform !== 'linux') return setLoginItem(wanted);
  const folder = join(configFolder, 'autostart');
  const file = join(folder, 'boathouse.desktop');
  if (!wanted) return rm(file, { force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(file, autostartEntry(program));
}
