// How a node of k3s leaves its cluster for good: Kubernetes is told first, because k3s takes a server out of etcd when its node goes.
import type { KubernetesObject } from '@kubernetes/client-node';
import type { ClusterChange } from '../../../../../../shared/model/change';
import type { ClusterNode } from '../../../../../../shared/model/cluster';
import { AppError } from '../../../../../../shared/model/errors';
import type { Kube } from '../../../../kube/connect';
import { insist, waitForObjects } from '../../../../kube/wait';
import type { StepContext } from '../../../../operations/operation';
import { forgetNode } from '../../../change/forget';
import type { LiveCluster } from '../../../change/live-cluster';
import type { Entered, Part } from '../../../change/part';
import { removingNode } from '../../../change/remove-node';
import { removeContainer } from '../../../remove';
import { k3dName } from '../labels';
import { k3dNames } from '../nodes';

/** Milliseconds for k3s to take a member out of etcd. */
const memberLimit = 60_000;

/** Throws what removing a node does, and `not-possible` for the server at which the others join. */
export function removingK3sNode(entered: Entered, change: Extract<ClusterChange, { kind: 'remove-node' }>): Part {
  const { cluster } = entered;
  const servers = cluster.nodes.filter(({ role }) => role === 'control-plane');
  if (servers.length > 1 && change.node === k3dNames(k3dName(cluster)).firstServer)
    throw joinsThere(cluster.name, change);
  return removingNode(entered, change);
}

/**
 * k3s (pkg/etcd: RegisterMemberHandlers): the node's object stays, by a finalizer, until its server is no member of etcd any more. The
 * container runs until then, so that two members agree.
 */
export async function takeOutK3sNode(
  { kube, engine, members }: LiveCluster,
  node: ClusterNode,
  { signal, progress }: Pick<StepContext, 'signal' | 'progress'>,
): Promise<void> {
  const { name, role, containerId } = node;
  await members.become((all) => all.filter((one) => one.name !== name), signal);
  if (role === 'control-plane') {
    progress(0.2, 'leaving etcd');
    await insist(() => deleteUnlessGone(kube, nodeObject(name)), signal);
    const path = `/api/v1/nodes?fieldSelector=metadata.name%3D${name}`;
    const waiting = (nodes: ReadonlyMap<string, KubernetesObject>) =>
      nodes.size === 0 ? [] : [`${name} to leave etcd`];
    await waitForObjects(kube, path, waiting, { signal, limit: memberLimit });
  }
  progress(0.4, 'removing the container');
  await removeContainer(engine, containerId, signal);
  await forgetK3sNode(kube, node, signal);
}

/** What Kubernetes knows of a node whose container is gone. k3s keeps a password, without which none of that name joins again. */
export async function forgetK3sNode(
  kube: Kube,
  { name }: Pick<ClusterNode, 'name'>,
  signal: AbortSignal,
): Promise<void> {
  await forgetNode(kube, name, signal);
  const password = { name: `${name}.node-password.k3s`, namespace: 'kube-system' };
  await insist(() => deleteUnlessGone(kube, { apiVersion: 'v1', kind: 'Secret', metadata: password }), signal);
}

function nodeObject(name: string): Deletable {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name } };
}

type Deletable = KubernetesObject & { metadata: { name: string } };

async function deleteUnlessGone(kube: Kube, object: Deletable): Promise<void> {
  try {
    await kube.objects.delete(object);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 404) throw error;
  }
}

/** k3d 5.9: every other node is told this one's address, and finds the cluster there when it starts. */
function joinsThere(cluster: string, { node }: { node: string }): AppError {
  return new AppError('not-possible', `${node} is the server at which the other nodes of ${cluster} join`, {
    params: { name: cluster, node, maker: 'boathouse', ability: 'change', why: 'joined-at' },
    hints: [{ text: `Remove another server: boathouse nodes list ${cluster}` }],
  });
}
