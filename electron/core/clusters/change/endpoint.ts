// What a single control plane does otherwise than several: nodes reach the API at its own address and not at the entrance, and its
// controllers act without being elected.
import type { KubernetesObject, V1ConfigMap, V1DaemonSet } from '@kubernetes/client-node';
import { AppError } from '../../../../shared/model/errors';
import type { PlannedStep } from '../../../../shared/model/operation';
import { execOrThrow } from '../../engine/exec';
import type { Kube } from '../../kube/connect';
import type { StepContext } from '../../operations/operation';
import { electLeaders, moveEndpoint } from '../bootstrap/scripts';
import { apiPort, entranceName } from '../edge/entrance';
import type { LiveCluster } from './live-cluster';
import type { Entered, StepPair } from './part';

/** Before the only control plane gets others, or one of several goes. */
export function preparingForSeveral(entered: Entered): StepPair {
  const { name } = entered.cluster;
  const step: PlannedStep = {
    id: 'endpoint',
    kind: 'endpoint',
    title: 'Leading the nodes to the API through the entrance',
    lane: 'cluster',
    weight: 2,
    after: ['cluster-survey'],
  };
  return [step, (context) => prepareForSeveral(entered.live(), `${entranceName(name)}:${apiPort}`, context)];
}

async function prepareForSeveral(live: LiveCluster, entrance: string, context: StepContext): Promise<void> {
  const { endpoint, cluster } = live;
  if (endpoint === entrance) return;
  const resting = cluster.nodes.find(({ state }) => state !== 'running');
  if (resting) throw notRunning(cluster.name, resting.name);
  context.undo('the way of the nodes to the API', (signal) =>
    lead(live, { from: entrance, to: endpoint, elect: false }, signal),
  );
  await lead(live, { from: endpoint, to: entrance, elect: true }, context.signal);
}

interface Leading {
  readonly from: string;
  readonly to: string;
  /** Whether controllers act only when elected. */
  readonly elect: boolean;
}

async function lead({ engine, members, kube, first }: LiveCluster, { from, to, elect }: Leading, signal: AbortSignal) {
  const run = (node: string, script: string[]) => execOrThrow(engine, node, script, { signal });
  const change = (text: string) => withElection(text.replaceAll(from, to), elect);
  await Promise.all([
    ...members.all().map(({ name }) => run(name, moveEndpoint(from, to))),
    run(first.containerId, electLeaders(elect)),
    ...stored.map(({ namespace, name }) => rewrite(kube, namespace, name, change)),
  ]);
  await restartDaemons(kube, from, to, signal);
}

/** kubeadm writes the argument as a field up to v1beta3, as an entry of a list from v1beta4 on. */
export function withElection(configuration: string, elect: boolean): string {
  return configuration.replace(/(leader-elect"?:|name: leader-elect\n *value:) "(?:true|false)"/g, `$1 "${elect}"`);
}

/** kubeadm 1.20 to 1.36: who keeps the API's address in the cluster. */
const stored = [
  { namespace: 'kube-system', name: 'kubeadm-config' },
  { namespace: 'kube-system', name: 'kube-proxy' },
  { namespace: 'kube-public', name: 'cluster-info' },
];

async function rewrite(kube: Kube, namespace: string, name: string, change: (text: string) => string) {
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name } };
  let found: V1ConfigMap;
  try {
    found = (await kube.objects.read(map)) as V1ConfigMap;
  } catch (error) {
    if ((error as { code?: unknown }).code === 404) return;
    throw error;
  }
  const changed = Object.entries(found.data ?? {}).map(([key, text]) => [key, text, change(text)] as const);
  const data = Object.fromEntries(changed.flatMap(([key, before, after]) => (before === after ? [] : [[key, after]])));
  if (Object.keys(data).length > 0) await patch(kube, { ...map, data } as KubernetesObject);
}

/** kube-proxy reads its address when it starts; kind's pod network (kind 0.33: kindnet) has it in its environment. */
async function restartDaemons(kube: Kube, from: string, to: string, signal: AbortSignal): Promise<void> {
  const { items } = await kube.get<{ items: V1DaemonSet[] }>('/apis/apps/v1/namespaces/kube-system/daemonsets', signal);
  await Promise.all(
    items.map(async ({ metadata, spec }) => {
      const { name = '' } = metadata ?? {};
      const containers = (spec?.template.spec?.containers ?? []).flatMap(({ name, env = [] }) => {
        const told = env.filter(({ value }) => value === from);
        return told.length > 0 ? [{ name, env: told.map((one) => ({ name: one.name, value: to })) }] : [];
      });
      if (name !== 'kube-proxy' && containers.length === 0) return;
      const template = {
        metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() } },
        ...(containers.length > 0 && { spec: { containers } }),
      };
      await patch(kube, {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { namespace: 'kube-system', name },
        spec: { template },
      } as KubernetesObject);
    }),
  );
}

async function patch(kube: Kube, object: KubernetesObject): Promise<void> {
  const { PatchStrategy } = await import('@kubernetes/client-node');
  await kube.objects.patch(object, undefined, undefined, undefined, undefined, PatchStrategy.StrategicMergePatch);
}

function notRunning(cluster: string, node: string): AppError {
  return new AppError('not-ready', `${node} does not run, and has to learn another way to the API`, {
    params: { what: node, seconds: 0 },
    hints: [
      {
        text: `Start the cluster's nodes: boathouse start ${cluster}`,
        action: { call: 'clusters.start', input: { name: cluster } },
      },
    ],
  });
}
