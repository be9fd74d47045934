// What can be changed on a node while it runs: the engine's limits, Kubernetes' labels and taints.
import type { V1Node, V1Taint } from '@kubernetes/client-node';
import type { ClusterChange } from '../../../../shared/model/change';
import type { ClusterNode } from '../../../../shared/model/cluster';
import { AppError } from '../../../../shared/model/errors';
import { explained } from '../../engine/failures';
import type { Kube } from '../../kube/connect';
import { engineLimits } from '../providers/kubeadm/container';
import { type Entered, type Part, partOf } from './part';

type Limiting = Extract<ClusterChange, { kind: 'limit-node' }>;
type Labelling = Extract<ClusterChange, { kind: 'label-node' }>;
type Tainting = Extract<ClusterChange, { kind: 'taint-node' }>;

/** Throws `not-found`. */
export function limiting(entered: Entered, { node: name, resources }: Limiting): Part {
  const node = nodeOf(entered, name);
  return partOf([
    {
      id: `node-limit:${name}`,
      kind: 'node-limit',
      title: `Setting what ${name} may use`,
      lane: name,
      weight: 0.5,
      after: ['cluster-survey'],
      command: `docker update ${limitFlags(resources)} ${name}`,
    },
    async ({ undo, signal }) => {
      const container = entered.live().engine.docker.getContainer(node.containerId);
      const { HostConfig } = await explained(() => container.inspect({ abortSignal: signal }));
      const { NanoCpus = 0, Memory = 0 } = HostConfig;
      undo(`the limits of ${name}`, async () => {
        await container.update({ NanoCpus, Memory, MemorySwap: Memory || -1 });
      });
      await explained(() => container.update(engineLimits(resources)));
    },
  ]);
}

function limitFlags({ cpus, memory }: Limiting['resources']): string {
  return [cpus !== undefined && `--cpus ${cpus}`, memory !== undefined && `--memory ${memory}`]
    .filter(Boolean)
    .join(' ');
}

/** Throws `not-found`. */
export function labelling(entered: Entered, { node: name, labels }: Labelling): Part {
  nodeOf(entered, name);
  const words = Object.entries(labels).map(([key, value]) => (value === null ? `${key}-` : `${key}=${value}`));
  return partOf([
    {
      id: `node-label:${name}`,
      kind: 'node-label',
      title: `Labelling ${name}: ${words.join(' ')}`,
      lane: name,
      weight: 0.2,
      after: ['cluster-survey'],
      command: `kubectl label node ${name} ${words.join(' ')}`,
    },
    () => patchNode(entered.live().kube, name, { metadata: { labels } }),
  ]);
}

/** Throws `not-found`. */
export function tainting(entered: Entered, { node: name, taints }: Tainting): Part {
  nodeOf(entered, name);
  const words = taints.map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`).join(' ');
  return partOf([
    {
      id: `node-taint:${name}`,
      kind: 'node-taint',
      title: words ? `Tainting ${name}: ${words}` : `Taking the taints of ${name} away`,
      lane: name,
      weight: 0.2,
      after: ['cluster-survey'],
      ...(words && { command: `kubectl taint node ${name} ${words}` }),
    },
    () => setTaints(entered.live().kube, name, taints),
  ]);
}

/** The taints of a node without Kubernetes' own, which are its to give and to take. */
export function ownTaints(node: V1Node | undefined): V1Taint[] {
  return (node?.spec?.taints ?? []).filter(({ key }) => !/(^|\.)kubernetes\.io\//.test(key));
}

/** How often the list is written anew when Kubernetes changed it in between. */
const tries = 5;

/** Kubernetes' own taints are its to give and to take: they stay as they are. */
async function setTaints(kube: Kube, name: string, taints: Tainting['taints']): Promise<void> {
  for (let left = tries; ; left -= 1) {
    const node = (await kube.objects.read({ apiVersion: 'v1', kind: 'Node', metadata: { name } })) as V1Node;
    const users = ownTaints(node);
    const own = (node.spec?.taints ?? []).filter((taint) => !users.includes(taint));
    const resourceVersion = node.metadata?.resourceVersion;
    try {
      return await patchNode(kube, name, { metadata: { resourceVersion }, spec: { taints: [...own, ...taints] } });
    } catch (error) {
      if ((error as { code?: unknown }).code !== 409 || left === 1) throw error;
    }
  }
}

/** Whether the node takes no new pods. Returns whether it took none before. Throws `kubernetes-refused` when it is not known. */
export async function cordon(kube: Kube, name: string, unschedulable: boolean): Promise<boolean> {
  const { spec } = (await kube.objects.read({ apiVersion: 'v1', kind: 'Node', metadata: { name } })) as V1Node;
  await patchNode(kube, name, { spec: { unschedulable: unschedulable || null } });
  return spec?.unschedulable ?? false;
}

async function patchNode(kube: Kube, name: string, change: { metadata?: object; spec?: object }): Promise<void> {
  const { PatchStrategy } = await import('@kubernetes/client-node');
  const named = { apiVersion: 'v1', kind: 'Node', ...change, metadata: { ...change.metadata, name } };
  await kube.objects.patch(named, undefined, undefined, undefined, undefined, PatchStrategy.MergePatch);
}

function nodeOf({ cluster }: Entered, name: string): ClusterNode {
  const node = cluster.nodes.find((one) => one.name === name);
  if (node) return node;
  throw new AppError('not-found', `${cluster.name} has no node called ${name}`, {
    params: { what: name },
    hints: [{ text: `Its nodes: ${cluster.nodes.map((one) => one.name).join(', ')}` }],
  });
}
