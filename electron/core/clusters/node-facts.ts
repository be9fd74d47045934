// What Kubernetes itself says about a cluster's nodes, added to what the engine says.
import type { V1Node, V1NodeList } from '@kubernetes/client-node';
import type { Cluster } from '../../../shared/model/cluster';
import type { KubernetesFacts } from '../../../shared/model/node-facts';
import type { Kube } from '../kube/connect';

/** Milliseconds that a running cluster gets to answer. */
const answerLimit = 3_000;

export const nodesPath = '/api/v1/nodes';

/** The cluster with Kubernetes' facts on its nodes, and `degraded` when one is not Ready or nothing answers; as it is while it does not run. */
export async function withNodeFacts(cluster: Cluster, connect: () => Promise<Kube>): Promise<Cluster> {
  if (!isAskable(cluster)) return cluster;
  try {
    const kube = await connect();
    const { items } = await kube.get<V1NodeList>(nodesPath, AbortSignal.timeout(answerLimit));
    return mergeNodeFacts(cluster, items);
  } catch {
    return { ...cluster, state: 'degraded' };
  }
}

/** Whether Kubernetes can be asked about its nodes now. */
export function isAskable({ state, abilities }: Pick<Cluster, 'state' | 'abilities'>): boolean {
  return (state === 'running' || state === 'degraded') && abilities.nodes === 'yes';
}

export function mergeNodeFacts(cluster: Cluster, answers: readonly V1Node[]): Cluster {
  const byName = new Map(answers.map((node) => [node.metadata?.name, node]));
  const nodes = cluster.nodes.map((node) => {
    const answer = byName.get(node.name);
    if (!answer) return node;
    // A kubelet that stopped is noticed by Kubernetes only after a while; its container tells at once.
    const ready = node.state === 'running' && isReady(answer);
    return { ...node, ready, kubernetes: factsOf(answer) };
  });
  const allReady = nodes.every((node) => node.ready === true);
  return { ...cluster, nodes, state: allReady ? cluster.state : 'degraded' };
}

function isReady(node: V1Node): boolean {
  return node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

function factsOf({ metadata, spec, status }: V1Node): KubernetesFacts {
  return {
    version: status?.nodeInfo?.kubeletVersion ?? '',
    labels: metadata?.labels ?? {},
    taints: (spec?.taints ?? []).map(({ key, value, effect }) => ({ key, effect, ...(value && { value }) })),
    unschedulable: spec?.unschedulable === true,
    troubles: (status?.conditions ?? [])
      .filter((condition) => condition.status !== (condition.type === 'Ready' ? 'True' : 'False'))
      .map(({ type, message, reason }) => ({ type, message: message || reason || '' })),
  };
}
