// Notices that a socket appeared, so that an engine that was just started is found at once.
import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Calls back when a file of one of these paths is made, removed or replaced. Directories that do not exist are not watched, nor are
 * named pipes.
 */
export function watchSockets(sockets: readonly string[], onChange: () => void): { close(): void } {
  const directories = new Map<string, Set<string>>();
  for (const socket of sockets) {
    const names = directories.get(dirname(socket)) ?? new Set();
    directories.set(dirname(socket), names.add(basename(socket)));
  }
  const watchers = [...directories].flatMap(([directory, names]) => watchDirectory(directory, names, onChange));
  return {
    close() {
      for (const watcher of watchers) watcher.close();
    },
  };
}

function watchDirectory(directory: string, names: ReadonlySet<string>, onChange: () => void): FSWatcher[] {
  try {
    const watcher = watch(directory, (_kind, name) => {
      if (name === null || names.has(name)) onChange();
    });
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    return [];
  }
}
