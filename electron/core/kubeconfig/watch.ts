// Tells when a kubeconfig file is changed by anyone: kubectl, kind, an editor, another Boathouse.
import { existsSync, type FSWatcher, realpathSync, statSync, unwatchFile, watch, watchFile } from 'node:fs';
import { dirname } from 'node:path';
import { type KubeconfigOptions, kubeconfigFiles } from './files';

/** A write is several events; this many milliseconds after the first one the files are looked at. */
const settleMilliseconds = 50;
/** Where the kernel gives out no watches, and only there, the files are looked at this often. */
const pollMilliseconds = 2000;

/**
 * Calls `onChange` after any file of the kubeconfig was made, changed or removed, from the return of this call until the
 * signal is aborted. Directories are watched, so that files that are replaced, symlinked or still to be made are seen too.
 */
export function watchKubeconfig(
  options: Pick<KubeconfigOptions, 'environment' | 'homeDirectory' | 'platform'>,
  onChange: () => void,
  signal: AbortSignal,
): void {
  if (signal.aborted) return;
  const files = kubeconfigFiles(options);
  const watchers = new Map<string, FSWatcher>();
  let polling = false;
  let timer: NodeJS.Timeout | undefined;
  let seen = files.map(stampOf).join();

  const soon = () => {
    timer ??= setTimeout(look, settleMilliseconds);
  };

  function look(): void {
    timer = undefined;
    follow();
    const now = files.map(stampOf).join();
    if (now === seen) return;
    seen = now;
    onChange();
  }

  function follow(): void {
    const wanted = new Map(files.flatMap(directoriesOf).map((directory) => [identityOf(directory), directory]));
    for (const [identity, watcher] of watchers) if (!wanted.has(identity)) forget(identity, watcher);
    for (const [identity, directory] of wanted) if (!watchers.has(identity)) start(identity, directory);
  }

  function start(identity: string, directory: string): void {
    try {
      const watcher = watch(directory, { persistent: false }, soon);
      watchers.set(identity, watcher);
      watcher.on('error', () => {
        forget(identity, watcher);
        soon();
      });
    } catch {
      if (!polling) for (const file of files) watchFile(file, { interval: pollMilliseconds, persistent: false }, soon);
      polling = true;
    }
  }

  function forget(identity: string, watcher: FSWatcher): void {
    watcher.close();
    watchers.delete(identity);
  }

  function stop(): void {
    clearTimeout(timer);
    for (const [identity, watcher] of watchers) forget(identity, watcher);
    for (const file of files) unwatchFile(file, soon);
  }

  follow();
  signal.addEventListener('abort', stop, { once: true });
}

/** The directories whose events tell of a file: the nearest one that exists, and that of a symlink's target. */
function directoriesOf(file: string): string[] {
  let nearest = dirname(file);
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  try {
    return [nearest, dirname(realpathSync(file))];
  } catch {
    return [nearest];
  }
}

/** Which directory a path means now: one that was removed and made again is another. */
function identityOf(directory: string): string {
  const found = statSync(directory, { throwIfNoEntry: false });
  return `${found?.dev}:${found?.ino}`;
}

function stampOf(file: string): string {
  try {
    const found = statSync(file, { bigint: true, throwIfNoEntry: false });
    return found ? `${found.ino}:${found.size}:${found.mtimeNs}` : 'none';
  } catch (error) {
    return String(error);
  }
}
