// `boathouse use`: points kubectl to a cluster, and to a namespace in it.
import { isLocalOrigin } from '../../../../shared/model/kubeconfig';
import { exitCodes } from '../../errors';
import { clientOf, printResult, type Session } from '../../session';
import { contextCalled } from './which';

export interface UseOptions {
  namespace?: string;
  /** Only a context's own name is meant. */
  exact?: boolean;
}

/** Without a context of the name, a cluster of the engine is meant. @returns the exit code */
export async function use(session: Session, name: string, { namespace, exact = false }: UseOptions): Promise<number> {
  const { kubeconfig } = await clientOf(session);
  const found = await contextCalled(session, name, exact);
  const context = found?.name ?? (await kubeconfig.use({ name })).context;
  const { files } = await kubeconfig.change({ kind: 'use', context, ...(namespace !== undefined && { namespace }) });
  const remote = found && !isLocalOrigin(found.origin) ? found : undefined;
  printResult(session, { context, ...(namespace !== undefined && { namespace }), files }, () => [
    `kubectl now uses context ${context}${namespace === undefined ? '' : `, namespace ${namespace}`}`,
    ...(remote ? [`It is not on this computer: ${remote.server ?? 'its cluster is not in the kubeconfig'}`] : []),
  ]);
  return exitCodes.done;
}
