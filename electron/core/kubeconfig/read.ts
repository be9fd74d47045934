// What the kubeconfig says now, over all its files, read without a lock.
import { type KubeconfigOptions, kubeconfigFiles } from './files';
import { type ParsedKubeconfig, parseKubeconfig } from './parse';
import { readKubeconfig } from './write';

/** Every file of the list, in its order; one that does not exist is one without content. Throws as {@link currentContext}. */
export async function readAll(files: readonly string[]): Promise<ParsedKubeconfig[]> {
  return await Promise.all(files.map(async (file) => parseKubeconfig(await readKubeconfig(file), file)));
}

/**
 * The context that kubectl uses: that of the first file that names one (client-go), undefined when none does.
 * Throws `kubeconfig-invalid` and `kubeconfig-unwritable` (a file that cannot be read).
 */
export async function currentContext(options: KubeconfigOptions): Promise<string | undefined> {
  return contextIn(await readAll(kubeconfigFiles(options)));
}

/** The same in files that are read already. */
export function contextIn(files: readonly ParsedKubeconfig[]): string | undefined {
  return files.map(({ model }) => model.currentContext).find((context) => context !== '');
}
