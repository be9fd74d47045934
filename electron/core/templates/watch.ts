// The templates, live: the user's folder is watched, so that a file saved in any editor shows at once.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Feed } from '../../../shared/model/feed';
import type { TemplateEntry } from '../../../shared/model/template/entry';
import { createLiveFeed } from '../live/feed';
import type { CoreOptions } from '../options';
import { ownFolder, readTemplates } from './list';

/** A save is several events; this many milliseconds after the first one the folder is read. */
const settleMilliseconds = 50;

export type WatchTemplates = (signal: AbortSignal) => AsyncGenerator<Feed<TemplateEntry>, void, void>;

/** Begins to watch when somebody first asks, and ends when `disposed` is aborted. */
export function liveTemplates(
  options: Pick<CoreOptions, 'resources' | 'directories' | 'log'>,
  disposed: AbortSignal,
): WatchTemplates {
  const feed = createLiveFeed<TemplateEntry>((entry) => entry.id);
  let first: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function read(): Promise<void> {
    timer = undefined;
    try {
      feed.replace(await readTemplates(options));
    } catch (error) {
      options.log(`the templates cannot be read: ${error}`);
    }
  }

  const soon = () => {
    if (!disposed.aborted) timer ??= setTimeout(read, settleMilliseconds);
  };

  async function begin(): Promise<void> {
    const folder = ownFolder(options);
    // The folder above is watched: that of the templates may come and go.
    const above = join(folder, '..');
    await mkdir(above, { recursive: true }).catch((error: unknown) => options.log(`${above} cannot be made: ${error}`));
    const { watch } = await import('chokidar');
    if (disposed.aborted) return;
    const watcher = watch(above, {
      ignoreInitial: true,
      depth: 1,
      persistent: false,
      ignored: (path) => path !== above && !path.startsWith(folder),
    });
    watcher.on('all', soon).on('error', (error) => options.log(`${folder} is not watched: ${error}`));
    disposed.addEventListener('abort', () => {
      clearTimeout(timer);
      void watcher.close();
    });
    await new Promise<void>((resolve) => {
      watcher.once('ready', resolve).once('error', () => resolve());
      disposed.addEventListener('abort', () => resolve(), { once: true });
    });
    await read();
  }

  return async function* watchTemplates(signal) {
    first ??= begin();
    await first;
    yield* feed.watch(signal);
  };
}
