// Which context a word on the command line means.
import { AppError } from '../../../../shared/model/errors';
import type { KubeContext } from '../../../../shared/model/kubeconfig';
import { contextsCalled } from '../../../../shared/model/kubeconfig-name';
import { clientOf, type Session } from '../../session';

/**
 * The context that is called so, or whose local cluster is; undefined when there is none. `exact`: only a context's own name.
 * Throws `bad-input` when a context and a cluster of another context are both called so.
 */
export async function contextCalled(session: Session, word: string, exact: boolean): Promise<KubeContext | undefined> {
  const { contexts } = await (await clientOf(session)).kubeconfig.list();
  const [first, second] = contextsCalled(contexts, word);
  if (!first || !second || exact) return first && (!exact || first.name === word) ? first : undefined;
  throw new AppError('bad-input', `${word} can mean the context ${first.name} or the context ${second.name}`, {
    hints: [
      { text: `For ${second.name} say its whole name.` },
      first.name === word ? { text: `For the context ${word} add --exact.` } : { text: `For ${first.name} as well.` },
    ],
  });
}

/** The same, and throws `not-found` when there is none. */
export async function knownContext(session: Session, word: string, exact = false): Promise<KubeContext> {
  const found = await contextCalled(session, word, exact);
  if (found) return found;
  throw new AppError('not-found', `The kubeconfig has no context ${word}`, {
    params: { what: word },
    hints: [{ text: 'The contexts there are: boathouse kubeconfig contexts' }],
  });
}
