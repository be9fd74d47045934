// k3s clusters among the engine's containers, ours and k3d's: pure, by k3d's labels.
import { abilitiesOf, type ClusterNode, contextOf, type NodeRole } from '../../../../../shared/model/cluster';
import {
  createdAt,
  firstLabel,
  groupBy,
  hostOf,
  type ListedContainer,
  networkOf,
  nodeOf,
  nodesAndEntrance,
  present,
  publishedAt,
} from '../../listed';
import { ownLabels } from '../kubeadm/labels';
import type { RecognisedCluster } from '../provider';
import { k3dLabels } from './labels';
import { versionOfK3sImage } from './node-image';

/** k3d 5.9: registries and the tools container carry the cluster's label too, and are no nodes. */
const roles: Readonly<Record<string, NodeRole>> = {
  server: 'control-plane',
  agent: 'worker',
  loadbalancer: 'external-load-balancer',
};

/** k3d 5.9: clusters are what servers, agents and load balancers say they belong to, stopped ones too. */
export function recogniseK3s(containers: readonly ListedContainer[]): RecognisedCluster[] {
  const members = containers.filter((container) => roleOf(container) !== undefined);
  // A standalone registry has the label with no value.
  return [...groupBy(members, (container) => container.Labels[k3dLabels.cluster] || undefined)].map(([name, nodes]) =>
    clusterOf(name, nodes),
  );
}

function clusterOf(name: string, members: readonly ListedContainer[]): RecognisedCluster {
  const own = members.some((member) => member.Labels[ownLabels.version] !== undefined);
  const origin = { provider: 'k3s', madeBy: own ? 'boathouse' : 'k3d' } as const;
  return {
    name,
    ...origin,
    abilities: abilitiesOf(origin),
    ...nodesAndEntrance(members.map(memberOf)),
    context: contextOf(name, 'k3s'),
    createdAt: createdAt(members),
    ...present({
      kubernetesVersion: members.map(({ Image }) => versionOfK3sImage(Image)).find((version) => version !== undefined),
      apiServer: apiServerOf(members),
      template: firstLabel(members, ownLabels.template),
      network: firstLabel(members, k3dLabels.network) ?? networkOf(members),
    }),
  };
}

function memberOf(member: ListedContainer): ClusterNode {
  const { [k3dLabels.staticAddress]: k3ds, [ownLabels.address]: ours, [ownLabels.pool]: pool } = member.Labels;
  return { ...nodeOf(member, roleOf(member) ?? 'worker', k3ds ?? ours), ...(pool && { pool }) };
}

function roleOf(container: ListedContainer): NodeRole | undefined {
  return roles[container.Labels[k3dLabels.role] ?? ''];
}

/**
 * k3d 5.9: the host port is chosen once and kept as a label on the servers, so it is known of a stopped cluster too; it is published
 * by the load balancer, without one by the first server.
 */
function apiServerOf(members: readonly ListedContainer[]): string | undefined {
  const port = firstLabel(members, k3dLabels.apiPort);
  if (port) return `https://${hostOf(firstLabel(members, k3dLabels.apiHost))}:${port}`;
  return members.map((member) => publishedAt(member, 6443)).find((address) => address !== undefined);
}
