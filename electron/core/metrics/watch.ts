// Usage in a cluster, asked every few seconds while somebody listens: of its metrics-server, else of its kubelets, else of its nodes' containers. None can be watched.
import type { KubernetesObject } from '@kubernetes/client-node';
import { asAppError } from '../../../shared/model/errors';
import type { Metrics } from '../../../shared/model/metrics';
import type { Kube } from '../kube/connect';
import { pause } from '../live/pause';
import type { Connect } from '../objects/follow-table';
import { createNodeReader, type EngineNodes } from './in-nodes';
import { type Figures, fromServer, fromSummaries, type Summary } from './read';

/** Milliseconds between two questions; kubelets measure every ten seconds. */
const interval = 5_000;
/** Milliseconds for one answer: a node that does not answer holds up no others. */
const limit = 10_000;

type Measured = Parameters<typeof fromServer>[0][number];

/** The nodes of the cluster where this computer's engine has them as containers. */
type FindNodes = (signal: AbortSignal) => Promise<EngineNodes | undefined>;

/** Until aborted. A cluster that goes away is told, and asked again. */
export async function* watchMetrics(
  connect: Connect,
  findNodes: FindNodes,
  signal: AbortSignal,
): AsyncGenerator<Metrics, void, void> {
  let kube: Kube | undefined;
  const inNodes = createNodeReader();
  while (!signal.aborted) {
    const until = AbortSignal.any([signal, AbortSignal.timeout(limit)]);
    try {
      kube ??= await connect(until);
      yield await askMetrics(kube, until).catch((error: unknown) => askNodes(kube as Kube, error));
    } catch (error) {
      if (signal.aborted) return;
      kube = undefined;
      yield { source: 'none', at: Date.now(), nodes: {}, pods: {}, error: asAppError(error).toData() };
    }
    await pause(interval, signal);
  }

  /** What Kubernetes does not say. Throws why it does not where there are no such nodes either. */
  async function askNodes(asked: Kube, refused: unknown): Promise<Metrics> {
    signal.throwIfAborted();
    const until = AbortSignal.any([signal, AbortSignal.timeout(limit)]);
    const nodes = await findNodes(until).catch(() => undefined);
    if (!nodes || nodes.nodes.length === 0) throw refused;
    return { source: 'containers', at: Date.now(), ...(await inNodes.read(asked, nodes, until)) };
  }
}

/** Throws `kubernetes-refused` where neither answers. */
async function askMetrics(kube: Kube, signal: AbortSignal): Promise<Metrics> {
  const answered = await fromMetricsServer(kube, signal).catch(() => undefined);
  signal.throwIfAborted();
  const at = Date.now();
  if (answered) return { source: 'metrics-server', at, ...answered };
  return { source: 'kubelets', at, ...(await fromKubelets(kube, signal)) };
}

async function fromMetricsServer(kube: Kube, signal: AbortSignal): Promise<Figures> {
  const [nodes, pods] = await Promise.all(
    ['nodes', 'pods'].map((kind) =>
      kube.get<{ items: Measured[] }>(`/apis/metrics.k8s.io/v1beta1/${kind}`, signal).then(({ items }) => items),
    ),
  );
  return fromServer(nodes ?? [], pods ?? []);
}

async function fromKubelets(kube: Kube, signal: AbortSignal): Promise<Figures> {
  const { items } = await kube.get<{ items: KubernetesObject[] }>('/api/v1/nodes', signal);
  const asked = await Promise.allSettled(
    items.map(({ metadata }) =>
      kube.get<Summary>(`/api/v1/nodes/${encodeURIComponent(metadata?.name ?? '')}/proxy/stats/summary`, signal),
    ),
  );
  const answered = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const [first] = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  if (answered.length === 0 && first) throw first;
  return fromSummaries(answered);
}
