// What is wrong with a cluster that should be running, each with what most likely helps. Pure.
import { portText } from '../../../../shared/model/change';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import { quorumOf } from '../../../../shared/model/quorum';

export const troubleKinds = [
  'quorum',
  'nodes-down',
  'entrance-down',
  'not-ready',
  'memory',
  'disk',
  'processes',
  'cordoned',
  'port-down',
] as const;

export interface Trouble {
  kind: (typeof troubleKinds)[number];
  /** Nodes, or the port, that it is about. */
  about: string[];
  /** What Kubernetes says of it, in English. */
  message?: string;
}

/** Kubernetes' conditions of nodes (k8s.io/api/core/v1) by what they are called here. */
const conditions: Readonly<Record<string, Trouble['kind']>> = {
  Ready: 'not-ready',
  MemoryPressure: 'memory',
  DiskPressure: 'disk',
  PIDPressure: 'processes',
};

/** Nothing of a cluster that rests, or that something is being done to. */
export function troublesOf(cluster: Cluster): Trouble[] {
  const { state, operationId, nodes, entrance, ports = [] } = cluster;
  if (operationId || (state !== 'running' && state !== 'degraded')) return [];
  const down = nodes.filter((node) => node.state !== 'running').map(({ name }) => name);
  const closed = ports.filter((port) => port.state !== 'running').map(portText);
  return [
    ...quorumTrouble(nodes),
    ...(down.length > 0 ? [{ kind: 'nodes-down' as const, about: down }] : []),
    ...(entrance && entrance.state !== 'running' ? [{ kind: 'entrance-down' as const, about: [entrance.name] }] : []),
    ...nodes.flatMap(nodeTroubles),
    ...(closed.length > 0 ? [{ kind: 'port-down' as const, about: closed }] : []),
  ];
}

/** Of one control plane it says nothing more than that it does not run. */
function quorumTrouble(nodes: readonly ClusterNode[]): Trouble[] {
  const planes = nodes.filter(({ role }) => role === 'control-plane');
  const down = planes.filter(({ state }) => state !== 'running').map(({ name }) => name);
  const enough = planes.length - down.length >= quorumOf(planes.length);
  return planes.length > 1 && !enough ? [{ kind: 'quorum', about: down }] : [];
}

function nodeTroubles({ name, state, kubernetes }: ClusterNode): Trouble[] {
  if (state !== 'running' || !kubernetes) return [];
  const told = kubernetes.troubles.flatMap(({ type, message }): Trouble[] => {
    const kind = conditions[type];
    return kind ? [{ kind, about: [name], message }] : [];
  });
  return [...told, ...(kubernetes.unschedulable ? [{ kind: 'cordoned' as const, about: [name] }] : [])];
}
