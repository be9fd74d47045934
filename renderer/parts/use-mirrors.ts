// The mirrors of a cluster, asked when they are shown and after each operation on it.
import type { Client } from '../../shared/contract';
import type { Cluster } from '../../shared/model/cluster';
import { type Answer, useAnswer } from './use-answer';

type Mirrors = Awaited<ReturnType<Client['registry']['mirrors']>>;

export function useMirrors({ name, operationId }: Cluster): Answer<Mirrors> {
  return useAnswer(name, operationId, (client, cluster, signal) => client.registry.mirrors({ cluster }, { signal }));
}
