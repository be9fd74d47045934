// Newer versions: looked for while the settings say so, fetched, announced, and installed only when the user says so or quits.
import type { Settings } from '../../shared/model/settings';

/** The part of electron-updater's `autoUpdater` that is used here: it checks signatures and checksums by itself. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  checkForUpdates(): Promise<unknown>;
  quitAndInstall(): void;
  on(event: 'update-downloaded', listener: (info: { version: string }) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

interface UpdateOptions {
  settings: AsyncIterable<Settings>;
  /** Loaded when it is first needed. */
  updater(): Promise<Updater>;
  /** Says that a version is there; resolves with whether it is to be installed now. */
  offer(version: string): Promise<boolean>;
  log(line: string): void;
  signal: AbortSignal;
}

/** Milliseconds between two looks: a day, and the first one after the start has settled. */
const between = 24 * 3_600_000;
const first = 30_000;

/** Looks for updates until aborted, as long as the settings say so; switched off, nothing is asked of anyone. */
export async function followUpdates({ settings, updater, offer, log, signal }: UpdateOptions): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ready: Promise<Updater> | undefined;
  const stop = () => clearTimeout(timer);
  signal.addEventListener('abort', stop);

  async function prepare(): Promise<Updater> {
    const found = await updater();
    found.autoDownload = true;
    found.autoInstallOnAppQuit = true;
    found.on('error', (error) => log(`the look for updates failed: ${error.message}`));
    found.on('update-downloaded', ({ version }) => {
      void offer(version).then((now) => now && found.quitAndInstall());
    });
    return found;
  }
  async function look(): Promise<void> {
    timer = setTimeout(() => void look(), between);
    ready ??= prepare();
    await (await ready).checkForUpdates().catch((error: Error) => log(`the look for updates failed: ${error.message}`));
  }

  for await (const { updates } of settings) {
    stop();
    if (updates && !signal.aborted) timer = setTimeout(() => void look(), first);
  }
  stop();
}
