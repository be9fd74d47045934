// File events of folders and all that is in them, with one watch of the system for each folder rather than each file.
import { type FSWatcher, watch as fsWatch } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export interface Tree {
  /** Absolute paths of folders and files, which need not be there yet. */
  readonly roots: readonly string[];
  /** Folders (absolute) that are not looked into. */
  closes(folder: string): boolean;
}

export interface FolderWatch {
  /** Resolves when all of it is watched; rejects where the system gives no more watches. */
  readonly ready: Promise<void>;
  /** Folders that are watched. */
  readonly count: number;
  close(): void;
}

export interface FolderEvents {
  /** Something is, or was, at this path; of a folder, all in it may be new. */
  touched(path: string): void;
  /** The system refused a watch: events are missed from now on. */
  failed(error: NodeJS.ErrnoException): void;
}

export type WatchFolder = (
  path: string,
  options: { recursive?: boolean },
  onEvent: (event: string, name: string | null) => void,
) => FSWatcher;

/** Systems where one watch sees all below a folder. Linux has none: Node makes one for each file there. */
const seesBelow = process.platform === 'darwin' || process.platform === 'win32';

export function watchFolders(tree: Tree, events: FolderEvents, watchOne: WatchFolder = fsWatch): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  /** Folders above roots, of which only some names matter. */
  const gates = new Map<string, { watcher: FSWatcher; names: Map<string, string> }>();
  let closed = false;

  function open(path: string, onEvent: (event: string, name: string | null) => void): FSWatcher | undefined {
    try {
      const watcher = watchOne(path, seesBelow ? { recursive: true } : {}, onEvent);
      // A folder that goes away tells its parent's watch.
      watcher.on('error', (error) => refuse(error as NodeJS.ErrnoException));
      return watcher;
    } catch (error) {
      refuse(error as NodeJS.ErrnoException);
      return undefined;
    }
  }

  function refuse(error: NodeJS.ErrnoException): void {
    if (!closed && (error.code === 'ENOSPC' || error.code === 'EMFILE')) events.failed(error);
  }

  /** Watches first and looks afterwards, so that nothing comes between. @param isNew what is found in it is told */
  async function enter(path: string, isNew: boolean): Promise<void> {
    if (closed || watchers.has(path) || tree.closes(path)) return;
    const watcher = open(path, (event, name) => void hear(path, event, name));
    if (!watcher) return;
    watchers.set(path, watcher);
    if (isNew) events.touched(path);
    if (seesBelow) return;
    const below = await readdir(path, { withFileTypes: true }).catch(() => []);
    for (const entry of below) if (entry.isDirectory()) await enter(join(path, entry.name), isNew);
  }

  async function hear(folder: string, event: string, name: string | null): Promise<void> {
    if (closed) return;
    if (name === null) return events.touched(folder);
    const path = join(folder, name);
    // A folder that has itself changed tells so by its own name.
    if (path === folder || (basename(folder) === name && watchers.get(folder) && !(await exists(path)))) {
      return events.touched(folder);
    }
    if (event === 'rename' && !seesBelow) await renamed(path);
    events.touched(path);
  }

  async function renamed(path: string): Promise<void> {
    const stat = await lstat(path).catch(() => undefined);
    if (closed) return;
    leave(path);
    if (stat?.isDirectory()) await enter(path, true);
  }

  /** What was a folder may be another one of the same name by now. */
  function leave(path: string): void {
    if (!watchers.has(path)) return;
    for (const [watched, watcher] of watchers) {
      if (watched !== path && !watched.startsWith(join(path, '/'))) continue;
      watcher.close();
      watchers.delete(watched);
    }
  }

  /** Watches the nearest folder above a root that is there, for the name that leads to it. */
  async function gate(root: string): Promise<void> {
    let [folder, name] = [dirname(root), basename(root)];
    while (!(await exists(folder)) && dirname(folder) !== folder) [folder, name] = [dirname(folder), basename(folder)];
    if (closed || folder === root) return;
    const place = folder;
    const known = gates.get(place);
    if (known) known.names.set(name, root);
    else {
      const names = new Map([[name, root]]);
      const watcher = open(place, (event, heard) => {
        const wanted = heard === null ? undefined : names.get(heard);
        if (wanted !== undefined && heard !== null) void came(join(place, heard), wanted, event);
      });
      if (watcher) gates.set(place, { watcher, names });
    }
    // It may have come before it was watched for.
    const next = join(place, name);
    if (next !== root && (await exists(next))) await gate(root);
  }

  async function came(path: string, root: string, event: string): Promise<void> {
    if (closed) return;
    events.touched(root);
    if (event !== 'rename') return;
    if (path !== root) return gate(root).then(() => begin(root, true));
    leave(root);
    await begin(root, true);
  }

  async function begin(root: string, isNew: boolean): Promise<void> {
    const stat = await lstat(root).catch(() => undefined);
    if (stat?.isDirectory()) await enter(root, isNew);
  }

  async function start(): Promise<void> {
    for (const root of tree.roots) {
      await gate(root);
      await begin(root, false);
    }
  }

  return {
    ready: start(),
    get count() {
      return watchers.size + gates.size;
    },
    close() {
      closed = true;
      for (const watcher of watchers.values()) watcher.close();
      for (const { watcher } of gates.values()) watcher.close();
      watchers.clear();
      gates.clear();
    },
  };
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
