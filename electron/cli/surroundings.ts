// What the computer allows: a window, Electron's, the installation of an engine. Decisions as pure functions.
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a window can be shown at all: Linux needs a display. */
export function canShowWindow(platform: NodeJS.Platform, environment: Environment): boolean {
  return platform !== 'linux' || !!environment.DISPLAY || !!environment.WAYLAND_DISPLAY;
}

/** Where the npm package `electron` keeps its binary. It fetches it at first use: it may not be there. */
export function electronBinary(productFolder: string, platform: NodeJS.Platform): string {
  const dist = join(productFolder, 'node_modules', 'electron', 'dist');
  if (platform === 'darwin') return join(dist, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return join(dist, platform === 'win32' ? 'electron.exe' : 'electron');
}

export interface ShellFacts {
  electronThere: boolean;
  platform: NodeJS.Platform;
  environment: Environment;
  userId: number | undefined;
}

/** The desktop's window where it can run, else the browser. Chromium's sandbox does not run as root on Linux. */
export function chooseShell(facts: ShellFacts): 'desktop' | 'browser' {
  const rootOnLinux = facts.platform === 'linux' && facts.userId === 0;
  const possible = facts.electronThere && !rootOnLinux && canShowWindow(facts.platform, facts.environment);
  return possible ? 'desktop' : 'browser';
}

/** Whether `/etc/os-release` is Debian's or a descendant's, which have the same package `docker.io`. */
export function isDebianLike(osRelease: string): boolean {
  const value = (key: string) => new RegExp(`^${key}="?([^"\\n]*)"?$`, 'm').exec(osRelease)?.[1] ?? '';
  return `${value('ID')} ${value('ID_LIKE')}`.split(/\s+/).includes('debian');
}
