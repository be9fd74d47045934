// How a node of kubeadm leaves its cluster for good: etcd and its container first, then what Kubernetes knows of it.
import type { ClusterNode } from '../../../../shared/model/cluster';
import type { StepContext } from '../../operations/operation';
import { killContainer, removeContainer } from '../remove';
import { healthyMembers, removeMember } from './etcd';
import { forgetControlPlane, forgetNode } from './forget';
import type { LiveCluster } from './live-cluster';
import { refuseToLose } from './remove-node';

/** Its container ends before Kubernetes is told: a kubelet would register again, and an API server without etcd holds those who ask it. */
export async function takeOutNode(
  { kube, engine, first, members, reach }: LiveCluster,
  { name, role, address, containerId }: ClusterNode,
  { signal, progress }: Pick<StepContext, 'signal' | 'progress'>,
): Promise<void> {
  const leads = role === 'control-plane';
  await members.become((all) => all.filter((one) => one.name !== name), signal);
  if (leads && address) {
    progress(0.2, 'leaving etcd');
    await removeMember({ engine, node: first.name, signal }, reach(address));
  }
  progress(0.4, 'removing the container');
  const forget = () => Promise.all([forgetNode(kube, name, signal), leads && forgetControlPlane(kube, name, signal)]);
  if (leads) {
    await removeContainer(engine, containerId, signal);
    await forget();
    return;
  }
  // Its kubelet is silent from here on; taking its volume away takes seconds, in which pods come up elsewhere.
  await killContainer(engine, containerId, signal);
  await Promise.all([removeContainer(engine, containerId, signal), forget()]);
}

/** Asks etcd itself: what runs may still not be well. Throws `not-possible`. */
export async function refuseUnhealthy(
  { engine, first, cluster, reach }: LiveCluster,
  node: ClusterNode,
  signal: AbortSignal,
): Promise<void> {
  const { voting, healthy } = await healthyMembers({ engine, node: first.name, signal });
  const nameOf = (member: string) =>
    cluster.nodes.find(({ address }) => address !== undefined && reach(address) === member)?.name ?? member;
  const [members, well] = [voting, healthy].map((addresses) => new Set(addresses.map(nameOf)));
  refuseToLose(cluster.name, node.name, { members: members ?? new Set(), well: well ?? new Set() });
}
