// Hands a new cluster over to kubectl: its entry in the kubeconfig, and the current context if it is asked for.
import { setEntry } from './edit';
import { kubeconfigEntry } from './entry';
import { fileToWrite, type KubeconfigOptions, kubeconfigFiles } from './files';
import { noteOf } from './history';
import type { KubeconfigSubject } from './names';
import { refuseForeign } from './ownership';
import { contextIn, readAll } from './read';
import { say } from './words';
import { rewriteKubeconfig } from './write';

export interface KubeconfigAddition {
  cluster: KubeconfigSubject;
  /** Text of the control plane's `/etc/kubernetes/admin.conf`, or of the file that takes its place. */
  adminConf: string;
  /** Where the API answers on this computer, e.g. `https://127.0.0.1:41234`. */
  server: string;
  switchContext: boolean;
}

export interface AddedToKubeconfig {
  file: string;
  context: string;
  /** The current context before, over all files; undefined when there was none. */
  previousContext: string | undefined;
}

/**
 * Writes a cluster's entry to the kubeconfig file that kubectl would write to; again, it changes what has changed.
 * An entry of that name in any file of the list that is not ours is refused, because one would hide the other.
 *
 * Throws `kubeconfig-foreign-entry`, `kubeconfig-invalid`, `kubeconfig-locked`, `kubeconfig-unwritable`, the signal's reason.
 */
export async function addToKubeconfig(
  options: KubeconfigOptions,
  addition: KubeconfigAddition,
  signal: AbortSignal,
): Promise<AddedToKubeconfig> {
  const { cluster, adminConf, server, switchContext } = addition;
  const entry = kubeconfigEntry(adminConf, cluster, server);
  const files = kubeconfigFiles(options);
  const file = await fileToWrite(files);
  const present = await readAll(files);
  for (const other of present) refuseForeign(other.model, cluster, other.file);
  const note = noteOf(say('did-add', { name: cluster.context }));
  await rewriteKubeconfig(options, file, (text) => setEntry(text, entry, { switchContext, file }), signal, note);
  return { file, context: cluster.context, previousContext: contextIn(present) };
}
