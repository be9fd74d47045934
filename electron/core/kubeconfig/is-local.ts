// Whether the cluster of a context is on this computer, as far as the files tell.
import { isLocalOrigin } from '../../../shared/model/kubeconfig';
import type { KubeconfigOptions } from './files';
import { listContexts } from './list-contexts';

/** One that no file has is of a cluster of this computer's engine, or of none. */
export async function isLocalContext(
  options: Pick<KubeconfigOptions, 'environment' | 'homeDirectory' | 'platform'>,
  name: string,
): Promise<boolean> {
  const { contexts } = await listContexts(options);
  const found = contexts.find((context) => context.name === name);
  return found === undefined || isLocalOrigin(found.origin);
}
