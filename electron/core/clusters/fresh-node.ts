// Whether a node is Ready since its last start: what Kubernetes remembers from before a stop does not count.
import type { KubernetesObject, V1Node } from '@kubernetes/client-node';
import type { ClusterNode } from '../../../shared/model/cluster';
import type { Engine } from '../engine/engine';
import { explained } from '../engine/failures';
import type { Kube } from '../kube/connect';
import { waitForObjects } from '../kube/wait';
import type { StepContext } from '../operations/operation';
import { notReady } from './bootstrap/ready';

const readyLimit = 300_000;

interface Lease extends KubernetesObject {
  spec?: { renewTime?: string };
}

/** Waits until the kubelet has renewed its lease after its container's start (both by the engine's clock), and the node is Ready. */
export async function waitForFreshNode(
  engine: Engine,
  kube: Kube,
  node: Pick<ClusterNode, 'name' | 'containerId'>,
  context: StepContext,
): Promise<void> {
  const { State } = await explained(() =>
    engine.docker.getContainer(node.containerId).inspect({ abortSignal: context.signal }),
  );
  const startedAt = Date.parse(State.StartedAt);
  await waitForNodeSince(kube, node, { lease: startedAt, heartbeat: startedAt }, context);
}

/** Waits until the kubelet's lease and the node's word that it is Ready are younger than these (milliseconds, the engine's clock). */
export async function waitForNodeSince(
  kube: Kube,
  { name }: Pick<ClusterNode, 'name'>,
  since: { lease: number; heartbeat: number },
  { signal, progress }: StepContext,
): Promise<void> {
  const one = `fieldSelector=metadata.name%3D${name}`;
  const options = {
    signal,
    limit: readyLimit,
    onWaiting: ([what]: string[]) => progress(undefined, `waiting for ${what}`),
  };
  await waitForObjects<Lease>(
    kube,
    `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases?${one}`,
    (leases) =>
      [...leases.values()].some((lease) => Date.parse(lease.spec?.renewTime ?? '') > since.lease)
        ? []
        : [`the kubelet of ${name}`],
    options,
  );
  await waitForObjects<V1Node>(
    kube,
    `/api/v1/nodes?${one}`,
    (nodes) =>
      nodes.size === 0
        ? [`${name} to register`]
        : [...nodes.values()].flatMap((found) => notReady(found, since.heartbeat)),
    options,
  );
}
