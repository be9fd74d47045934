// What the files tell of one context: whether its cluster is on this computer, and its namespace.
import { isLocalOrigin } from '../../../shared/model/kubeconfig';
import type { KubeconfigOptions } from './files';
import { listContexts } from './list-contexts';

type Where = Pick<KubeconfigOptions, 'environment' | 'homeDirectory' | 'platform'>;

/** One that no file has is of a cluster of this computer's engine, or of none. */
export async function isLocalContext(options: Where, name: string): Promise<boolean> {
  const found = await contextOf(options, name);
  return found === undefined || isLocalOrigin(found.origin);
}

export async function namespaceOf(options: Where, name: string): Promise<string | undefined> {
  return (await contextOf(options, name))?.namespace;
}

async function contextOf(options: Where, name: string) {
  return (await listContexts(options)).contexts.find((context) => context.name === name);
}
