// Takes a deleted cluster out of the kubeconfig: exactly the entries that are its own, in every file of the list.
import { removeEntry } from './edit';
import { type KubeconfigOptions, kubeconfigFiles } from './files';
import { noteOf } from './history';
import type { KubeconfigSubject } from './names';
import { foreignSections } from './ownership';
import { readAll } from './read';
import { say } from './words';
import { rewriteKubeconfig } from './write';

/**
 * Removes cluster, context and user of a cluster, and clears a current context that names it. Entries of that name that
 * are not ours stay, with the current context that means them. A file with nothing to remove is not even locked.
 * kind 0.33: every file of the list, each under its own lock.
 *
 * Returns the files that were changed. Throws `kubeconfig-invalid`, `kubeconfig-locked`, `kubeconfig-unwritable` or the
 * signal's reason; a file that fails does not keep the others from being done.
 */
export async function removeFromKubeconfig(
  options: KubeconfigOptions,
  cluster: KubeconfigSubject,
  signal: AbortSignal,
): Promise<{ files: string[] }> {
  const reads = await Promise.allSettled(kubeconfigFiles(options).map((file) => readAll([file])));
  const present = reads.flatMap((read) => (read.status === 'fulfilled' ? read.value : []));
  const failures: unknown[] = reads.flatMap((read) => (read.status === 'rejected' ? [read.reason] : []));

  const keepCurrent = present.some(({ model }) => foreignSections(model, cluster).includes('contexts'));
  const note = noteOf(say('did-remove', { names: [cluster.context] }));
  const files: string[] = [];
  for (const { file, text } of present) {
    const edit = (now: string) => removeEntry(now, cluster, { keepCurrent, file });
    try {
      if (edit(text) !== text && (await rewriteKubeconfig(options, file, edit, signal, note))) files.push(file);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return { files };
}
