// Makes a cluster the one that kubectl talks to.
import { AppError } from '../../../shared/model/errors';
import { setCurrent } from './edit';
import { fileToWrite, type KubeconfigOptions, kubeconfigFiles } from './files';
import { noteOf } from './history';
import { contextIn, readAll } from './read';
import { say } from './words';
import { rewriteKubeconfig } from './write';

/**
 * Sets the current context to a cluster's, in the first file of the list that exists, where kubectl sets it too.
 * Throws `not-found` when no file has that context, `kubeconfig-invalid`, `kubeconfig-locked`, `kubeconfig-unwritable`
 * or the signal's reason.
 */
export async function useContext(
  options: KubeconfigOptions,
  cluster: { name: string; context: string },
  signal: AbortSignal,
): Promise<{ file: string; context: string; previousContext: string | undefined }> {
  const { name, context } = cluster;
  const files = kubeconfigFiles(options);
  const present = await readAll(files);
  if (!present.some(({ model }) => model.contexts.some((entry) => entry.name === context))) {
    throw new AppError('not-found', `The kubeconfig has no context ${context}`, {
      params: { name: context, files: files.join(', ') },
      hints: [{ text: `Print a kubeconfig of its own: boathouse kubeconfig ${name}` }],
    });
  }
  const file = await fileToWrite(files);
  const note = noteOf(say('did-use', { name: context }));
  await rewriteKubeconfig(options, file, (text) => setCurrent(text, context, file), signal, note);
  return { file, context, previousContext: contextIn(present) };
}
