// kubeadm clusters among the engine's containers, ours and kind's: pure, by kind's labels.
import {
  abilitiesOf,
  type ClusterNode,
  contextOf,
  type NodeRole,
  nodeRoles,
} from '../../../../../shared/model/cluster';
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
import type { RecognisedCluster } from '../provider';
import { kindLabels, ownLabels } from './labels';

/** kind 0.33: the value of one label is the cluster's name, on stopped containers too. */
export function recogniseKubeadm(containers: readonly ListedContainer[]): RecognisedCluster[] {
  return [...groupBy(containers, (container) => container.Labels[kindLabels.cluster])].map(([name, members]) =>
    clusterOf(name, members),
  );
}

function clusterOf(name: string, members: readonly ListedContainer[]): RecognisedCluster {
  const door =
    members.find((member) => member.Labels[kindLabels.role] === 'external-load-balancer') ??
    members.find((member) => roleOf(member) === 'control-plane');
  const own = members.some((member) => member.Labels[ownLabels.version] !== undefined);
  const origin = { provider: 'kubeadm', madeBy: own ? 'boathouse' : 'kind' } as const;
  return {
    name,
    ...origin,
    abilities: abilitiesOf(origin),
    ...nodesAndEntrance(members.map(memberOf)),
    context: contextOf(name),
    createdAt: createdAt(members),
    ...present({
      kubernetesVersion: versionOf(members),
      apiServer: door && apiServerOf(door),
      template: firstLabel(members, ownLabels.template),
      network: networkOf(members),
    }),
  };
}

function memberOf(member: ListedContainer): ClusterNode {
  const pool = member.Labels[ownLabels.pool];
  return { ...nodeOf(member, roleOf(member), member.Labels[ownLabels.address]), ...(pool && { pool }) };
}

function roleOf(container: ListedContainer): NodeRole {
  return nodeRoles.find((role) => role === container.Labels[kindLabels.role]) ?? 'worker';
}

/** Our label says it; else the tag of a node image, `kindest/node:v1.36.1@sha256:...`. */
function versionOf(members: readonly ListedContainer[]): string | undefined {
  const labelled = firstLabel(members, ownLabels.kubernetesVersion);
  if (labelled) return labelled;
  const tags = members
    .filter((member) => roleOf(member) !== 'external-load-balancer')
    .map((member) => /:(v\d+\.\d+\.\d+[^@]*)/.exec(member.Image)?.[1]);
  return tags.find((tag) => tag !== undefined);
}

/** While it runs the engine tells the published port; while it is stopped our label does. */
function apiServerOf(door: ListedContainer): string | undefined {
  const labelled = door.Labels[ownLabels.apiPort];
  return publishedAt(door, 6443) ?? (labelled && `https://${hostOf(door.Labels[ownLabels.apiAddress])}:${labelled}`);
}
