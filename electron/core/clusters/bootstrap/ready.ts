// Waiting until a new cluster is ready: its nodes and its DNS, as far as they can be without a pod network of their own.
import type { V1Node } from '@kubernetes/client-node';
import { execInContainer } from '../../engine/exec';
import { waitForObjects } from '../../kube/wait';
import type { StepContext } from '../../operations/operation';
import { type Building, firstControlPlane, found } from './building';
import { waitForDns } from './dns';
import { clusterConfigurationOf } from './node-config';
import { hasPodNetwork } from './scripts';

const readyLimit = 300_000;

/**
 * Waits until Kubernetes calls the node Ready; where the template brings its own pod network and it is not there yet, until nothing
 * else is missing.
 */
export async function waitForNode(building: Building, name: string, context: StepContext): Promise<void> {
  const { signal, progress, log } = context;
  const own = building.request.template.spec.networking.cni === 'none';
  const options = { signal };
  const networked = !own || (await execInContainer(building.engine, name, hasPodNetwork(), options)).exitCode === 0;
  await waitForObjects<V1Node>(
    found(building.kube, 'the API'),
    `/api/v1/nodes?fieldSelector=metadata.name%3D${name}`,
    (nodes) =>
      [...nodes.values()]
        .flatMap((node) => (networked || !lacksOnlyNetwork(node) ? notReady(node) : []))
        .concat(nodes.size === 0 ? [`${name} to register`] : []),
    { signal, limit: readyLimit, onWaiting: ([what]) => progress(undefined, `waiting for ${what}`) },
  );
  if (networked) return;
  log(`${name} becomes Ready when a pod network is installed`);
}

/** Why a node is not Ready, in words; empty when it is, by a heartbeat not older than `since` (milliseconds) if given. */
export function notReady(node: V1Node, since = 0): string[] {
  const name = node.metadata?.name ?? '';
  const condition = node.status?.conditions?.find(({ type }) => type === 'Ready');
  const heartbeat = Date.parse(String(condition?.lastHeartbeatTime ?? ''));
  // Heartbeats are in whole seconds.
  if (!condition || heartbeat < since - 1_000) return [`the kubelet of ${name}`];
  return condition.status === 'True' ? [] : [`${name}: ${condition.message ?? condition.reason ?? 'not Ready'}`];
}

/** Whether its kubelet says that the pod network is what keeps it from being Ready; the words are those of every container runtime. */
export function lacksOnlyNetwork(node: V1Node): boolean {
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
  return (
    ready?.status === 'False' && /NetworkReady=false|network plugin|cni (config|plugin)/i.test(ready.message ?? '')
  );
}

/** Waits until DNS answers. Its pods cannot run without a pod network: then there is nothing to wait for. */
export async function waitForClusterDns(building: Building, { signal, progress, log }: StepContext): Promise<void> {
  const { engine, request } = building;
  const { name: node } = firstControlPlane(building);
  if (request.template.spec.networking.cni === 'none') {
    const { exitCode } = await execInContainer(engine, node, hasPodNetwork(), { signal });
    if (exitCode !== 0) return log('not checked: DNS comes when a pod network is installed');
  }
  const { serviceSubnet, dnsDomain } = clusterConfigurationOf(building);
  const target = { kube: found(building.kube, 'the API'), engine, node, serviceSubnet, dnsDomain };
  await waitForDns(target, { signal, onWaiting: (what) => progress(undefined, what) });
}
