// Keeps the controller managers of a cluster from acting on what was before a pause, or from waiting for who led before a stop.
import type { KubernetesObject, V1Node, V1NodeList } from '@kubernetes/client-node';
import type { Cluster, ClusterNode } from '../../../shared/model/cluster';
import type { Engine } from '../engine/engine';
import { execInContainer } from '../engine/exec';
import type { Kube } from '../kube/connect';

/**
 * A controller manager wakes up with a clock that has gone on, finds every node silent for as long as the pause lasted, and takes
 * them and their pods out of service before the kubelets have said a word (kube-controller-manager:
 * node-monitor-grace-period, 40 s). So it is stopped before the pause, and goes on when the nodes are heard again.
 * Should nobody let it go on (`docker unpause` by hand), it does after a while by itself: the loop counts time in
 * which the node is not frozen.
 */
const hold = `
touch /run/boathouse-hold
pkill -STOP -x kube-controller || exit 0
setsid bash -c 'for i in {1..150}; do sleep 0.1; [ -e /run/boathouse-hold ] || exit 0; done; rm -f /run/boathouse-hold; pkill -CONT -x kube-controller' >/dev/null 2>&1 </dev/null &
`;
const release = 'rm -f /run/boathouse-hold; pkill -CONT -x kube-controller; true';

/** k3s' controllers live in one process with everything else; of the others each is a process in its control plane. */
export function holdsControllers({ provider }: Pick<Cluster, 'provider'>): boolean {
  return provider !== 'k3s';
}

export function controlPlanesOf({ nodes }: Pick<Cluster, 'nodes'>): ClusterNode[] {
  return nodes.filter(({ role }) => role === 'control-plane');
}

/** Stops the controller managers on running control planes. */
export async function holdControllers(engine: Engine, nodes: readonly ClusterNode[], signal: AbortSignal) {
  await inEach(engine, nodes, hold, signal);
}

export async function releaseControllers(engine: Engine, nodes: readonly ClusterNode[], signal: AbortSignal) {
  await inEach(engine, nodes, release, signal);
}

async function inEach(engine: Engine, nodes: readonly ClusterNode[], script: string, signal: AbortSignal) {
  await Promise.all(
    nodes.map(({ containerId }) => execInContainer(engine, containerId, ['bash', '-c', script], { signal })),
  );
}

/**
 * Notes on every node that it was heard a second from now. A controller manager that did not see the note is refused when it writes
 * what it remembers, reads the node anew, and counts its grace period from there (kubernetes 1.20 to 1.36: tryUpdateNodeHealth).
 */
export async function noteHeartbeats(kube: Kube, signal: AbortSignal): Promise<void> {
  const { items } = await kube.get<V1NodeList>('/api/v1/nodes', signal);
  const lastHeartbeatTime = new Date(Date.now() + 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  await Promise.all(
    items.filter(isReady).map((node) =>
      kube.call(
        {
          method: 'PATCH',
          path: `/api/v1/nodes/${encodeURIComponent(node.metadata?.name ?? '')}/status`,
          type: 'application/strategic-merge-patch+json',
          object: { status: { conditions: [{ type: 'Ready', lastHeartbeatTime }] } },
        },
        signal,
      ),
    ),
  );
}

function isReady(node: V1Node): boolean {
  return node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

interface Lease extends KubernetesObject {
  spec?: { holderIdentity?: string; renewTime?: string };
}

/** Who leads among controller managers, and among schedulers; the names of kubeadm and of Kubernetes' own defaults. */
const leaderLeases = ['kube-controller-manager', 'kube-scheduler'];

/**
 * Takes leadership from those who led before `since` (milliseconds, the engine's clock), as they would have given it back had they
 * ended in peace: whoever starts now need not wait fifteen seconds for a leader that is gone (client-go: an empty holder is taken
 * over at once). Only to be asked when every control plane was down. Best effort: without, it only takes longer.
 */
export async function retireLeaders(kube: Kube, since: number, log: (line: string) => void): Promise<void> {
  const { PatchStrategy } = await import('@kubernetes/client-node');
  await Promise.all(
    leaderLeases.map(async (name) => {
      try {
        const lease = {
          apiVersion: 'coordination.k8s.io/v1',
          kind: 'Lease',
          metadata: { name, namespace: 'kube-system' },
        };
        const { metadata, spec }: Lease = await kube.objects.read(lease);
        if (!spec?.holderIdentity || Date.parse(String(spec.renewTime)) > since) return;
        // With its version, so that one who leads by now keeps the lease.
        const resourceVersion = metadata?.resourceVersion ?? '';
        const freed = { ...lease, metadata: { ...lease.metadata, resourceVersion }, spec: { holderIdentity: '' } };
        await kube.objects.patch(freed, undefined, undefined, undefined, undefined, PatchStrategy.MergePatch);
      } catch (error) {
        // One that is alone holds no election.
        if ((error as { code?: unknown }).code === 404) return;
        log(`the old leader of ${name} is waited for: ${String(error)}`);
      }
    }),
  );
}
