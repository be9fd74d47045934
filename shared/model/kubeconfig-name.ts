// Which context a word typed by a person means: a context's own name, or that of a local cluster.
import type { KubeContext } from './kubeconfig';

/** All that it can mean; the one of exactly that name first. More than one: somebody has to say which. */
export function contextsCalled<Context extends Pick<KubeContext, 'name' | 'clusterName'>>(
  contexts: readonly Context[],
  word: string,
): Context[] {
  const exact = contexts.filter(({ name }) => name === word);
  return [...exact, ...contexts.filter(({ name, clusterName }) => clusterName === word && name !== word)];
}
