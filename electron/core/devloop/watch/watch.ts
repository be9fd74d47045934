// What may have changed below some places, told in bursts; by looking again and again where the system gives no events.
import { readFile } from 'node:fs/promises';
import type { Remark } from '../../../../shared/model/sentence';
import { loopSays } from '../words';
import { createBurst } from './burst';
import { type FolderWatch, type Tree, type WatchFolder, watchFolders } from './folders';

export interface WatchStatus {
  readonly way: 'events' | 'polling';
  /** Why it polls. */
  readonly why?: Remark;
}

export interface Watch {
  status(): WatchStatus;
  close(): void;
}

export interface WatchRequest {
  readonly tree: Tree;
  /** Absolute paths that may have changed, with all below them; undefined: anything may. */
  onTouched(paths: readonly string[] | undefined): void;
  onStatus?(status: WatchStatus): void;
  readonly watchFolder?: WatchFolder;
  /** Milliseconds between two looks where it polls. */
  readonly pollEvery?: number;
}

/** Milliseconds: a beat that comes so much too late means that the computer slept. */
const beat = 10_000;
const slept = 15_000;

/** Resolves when everything is watched: from then on nothing is missed. */
export async function watchTree(request: WatchRequest): Promise<Watch> {
  let status: WatchStatus = { way: 'events' };
  let polling: NodeJS.Timeout | undefined;
  let closed = false;
  let folders: FolderWatch | undefined;
  const burst = createBurst((paths) => request.onTouched(paths));

  async function poll(error: NodeJS.ErrnoException): Promise<void> {
    if (closed) return;
    polling = setInterval(() => request.onTouched(undefined), request.pollEvery ?? 1000);
    status = { way: 'polling', why: await reasonOf(error) };
    folders?.close();
    if (!closed) request.onStatus?.(status);
  }

  let turned: Promise<void> | undefined;
  folders = watchFolders(
    request.tree,
    {
      touched: (path) => burst.note(path),
      failed: (error) => {
        turned ??= poll(error);
      },
    },
    request.watchFolder,
  );
  await folders.ready;
  await turned;

  let lastBeat = Date.now();
  const heart = setInterval(() => {
    const now = Date.now();
    if (now - lastBeat > beat + slept) request.onTouched(undefined);
    lastBeat = now;
  }, beat);
  heart.unref();

  return {
    status: () => status,
    close() {
      closed = true;
      burst.close();
      folders?.close();
      clearInterval(polling);
      clearInterval(heart);
    },
  };
}

/** ENOSPC: no watches are left (inotify(7)); EMFILE: no instances, or no open files. */
async function reasonOf({ code }: NodeJS.ErrnoException): Promise<Remark> {
  const name = code === 'ENOSPC' ? 'max_user_watches' : 'max_user_instances';
  const limit = await readFile(`/proc/sys/fs/inotify/${name}`, 'utf8').catch(() => '');
  const now = limit ? `=${limit.trim()}` : '';
  return loopSays('polling', { name, now });
}
