// kubectl's lock on a kubeconfig: a file `<kubeconfig>.lock` that only one program can create.
import { type FSWatcher, watch } from 'node:fs';
import { mkdir, open, stat, unlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { AppError } from '../../../shared/model/errors';
import { createWakeUp } from '../live/signal';

/** Changes of the directory wake a waiting program at once; this is for file systems that report none. */
const retryMilliseconds = 250;

/**
 * Runs `work` while holding the lock of `file`, and releases it whatever `work` does.
 * client-go: the lock is the path as it was given plus `.lock` (a symlink is not resolved), created with O_CREAT|O_EXCL
 * and mode 0 in a directory that is made (0755) when missing. Other programs fail at once when they meet it: be quick.
 *
 * Throws `kubeconfig-locked` after `limitMilliseconds`, the signal's reason, or an error of the file system.
 */
export async function withLock<Result>(
  file: string,
  limitMilliseconds: number,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  await mkdir(dirname(file), { recursive: true, mode: 0o755 });
  const lock = `${file}.lock`;
  if (!(await create(lock))) await waitAndCreate(file, lock, limitMilliseconds, signal);
  try {
    return await work();
  } finally {
    await unlink(lock).catch(() => {});
  }
}

async function create(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx', 0)).close();
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Windows says EPERM or EBUSY while another program's lock is on its way out.
    if (code === 'EEXIST' || ((code === 'EPERM' || code === 'EBUSY') && (await ageOf(lock)) !== undefined))
      return false;
    throw error;
  }
}

async function waitAndCreate(file: string, lock: string, limit: number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + limit;
  let change = createWakeUp();
  const wake = () => {
    const previous = change;
    change = createWakeUp();
    previous.wake();
  };
  const watcher = watchFor(lock, wake);
  signal.addEventListener('abort', wake);
  try {
    while (true) {
      // Taken before the attempt, so that a release between attempt and wait is not missed.
      const changed = change.promise;
      if (await create(lock)) return;
      const left = deadline - performance.now();
      if (left <= 0) throw await lockedError(file, lock);
      await within(Math.min(left, retryMilliseconds), changed);
      signal.throwIfAborted();
    }
  } finally {
    signal.removeEventListener('abort', wake);
    watcher?.close();
  }
}

function watchFor(lock: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(dirname(lock), (_event, name) => {
      if (name === null || name === basename(lock)) onChange();
    });
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    // No watches left in the kernel, or a file system without them: the retries have to do.
    return undefined;
  }
}

/** Waits for the promise, but no longer than so many milliseconds. */
async function within(milliseconds: number, promise: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([promise, elapsed]);
  clearTimeout(timer);
}

async function ageOf(lock: string): Promise<number | undefined> {
  const found = await stat(lock).catch(() => undefined);
  return found && Math.max(0, Math.round((Date.now() - found.mtimeMs) / 1000));
}

async function lockedError(file: string, lock: string): Promise<AppError> {
  const seconds = (await ageOf(lock)) ?? 0;
  return new AppError('kubeconfig-locked', `The kubeconfig ${file} is locked by another program since ${seconds} s`, {
    params: { file, lock, seconds },
    hints: [
      { text: 'Try again when the other program (kubectl, kind, an editor plug-in) is done.' },
      { text: `If no program is changing the kubeconfig, a crash left the lock behind: remove ${lock}` },
    ],
  });
}
