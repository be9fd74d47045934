// Which kubeconfig files there are, in kubectl's order, and which of them a new entry is written to.
import { stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import type { CoreOptions } from '../options';

/** What decides where the kubeconfig is; the core's own options fit. */
export type KubeconfigOptions = Pick<CoreOptions, 'environment' | 'homeDirectory' | 'platform'> & {
  /** Backups of what was changed go below `state`. */
  directories: Pick<CoreOptions['directories'], 'state'>;
  /** How long to wait for other programs that hold the lock; 5000 when absent. */
  lockLimitMilliseconds?: number;
};

/**
 * The kubeconfig files in order of precedence, existing or not; never empty.
 * kind 0.33 and client-go: `KUBECONFIG` split by the platform's list separator, without empty parts and repetitions;
 * else `.kube/config` in the home directory.
 */
export function kubeconfigFiles(
  options: Pick<KubeconfigOptions, 'environment' | 'homeDirectory' | 'platform'>,
): [string, ...string[]] {
  const path = options.platform === 'win32' ? win32 : posix;
  const listed = (options.environment.KUBECONFIG ?? '').split(path.delimiter).filter((file) => file !== '');
  const [first, ...rest] = new Set(listed);
  return first === undefined ? [path.join(options.homeDirectory, '.kube', 'config')] : [first, ...rest];
}

/** kind 0.33 and client-go: the first of the list that exists as a file, else the last of the list. */
export async function fileToWrite(files: readonly [string, ...string[]]): Promise<string> {
  for (const file of files) if (await isFile(file)) return file;
  return files.at(-1) ?? files[0];
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && !found.isDirectory();
}
