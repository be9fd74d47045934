// Whether a new cluster could be handed over to kubectl: asked before it is made, because it would be lost work otherwise.
import { fileToWrite, type KubeconfigOptions, kubeconfigFiles } from './files';
import type { KubeconfigSubject } from './names';
import { refuseForeign } from './ownership';
import { readAll } from './read';
import { tryKubeconfig } from './write';

/** Looks without touching anything. Throws `kubeconfig-foreign-entry`, `kubeconfig-invalid`, `kubeconfig-unwritable`. */
export async function checkKubeconfig(options: KubeconfigOptions, cluster: KubeconfigSubject): Promise<void> {
  const present = await readAll(kubeconfigFiles(options));
  for (const { model, file } of present) refuseForeign(model, cluster, file);
}

/** Takes the lock for a moment, too. Throws `kubeconfig-locked`, `kubeconfig-unwritable`, and what {@link checkKubeconfig} does. */
export async function rehearseKubeconfig(
  options: KubeconfigOptions,
  cluster: KubeconfigSubject,
  signal: AbortSignal,
): Promise<void> {
  await checkKubeconfig(options, cluster);
  await tryKubeconfig(options, await fileToWrite(kubeconfigFiles(options)), signal);
}
