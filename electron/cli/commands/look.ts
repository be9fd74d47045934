// `boathouse list | status`: which clusters there are, and one of them closely.
import type { Cluster, ClusterNode } from '../../../shared/model/cluster';
import { exitCodes } from '../errors';
import { tableLines } from '../output/table';
import { clientOf, printResult, type Session } from '../session';

/** @returns the exit code */
export async function list(session: Session): Promise<number> {
  const clusters = await (await clientOf(session)).clusters.list();
  printResult(session, { clusters }, () => listLines(clusters));
  return exitCodes.done;
}

function listLines(clusters: readonly Cluster[]): string[] {
  if (clusters.length === 0) return ['No clusters yet. Make one with: boathouse create NAME'];
  const rows = clusters.map((cluster) => [
    cluster.current ? '*' : '',
    cluster.name,
    cluster.state,
    String(cluster.nodes.length),
    cluster.kubernetesVersion ?? '-',
    cluster.apiServer ?? '-',
    cluster.context,
    cluster.madeBy,
  ]);
  return tableLines([['', 'NAME', 'STATE', 'NODES', 'VERSION', 'API SERVER', 'CONTEXT', 'MADE BY'], ...rows], [3]);
}

/** @returns the exit code; a stopped cluster is an answer too */
export async function status(session: Session, name: string): Promise<number> {
  const cluster = await (await clientOf(session)).clusters.get({ name });
  printResult(session, cluster, () => statusLines(cluster));
  return exitCodes.done;
}

function statusLines(cluster: Cluster): string[] {
  const facts: [string, string | undefined][] = [
    ['State', cluster.state],
    ['Version', cluster.kubernetesVersion],
    ['API server', cluster.apiServer],
    ['Context', `${cluster.context}${cluster.current ? ' (current)' : ''}`],
    ['Template', cluster.template],
    ['Network', cluster.network],
    ['Made by', cluster.madeBy],
    ['Made at', cluster.createdAt],
  ];
  const known = facts.flatMap(([name, value]) => (value === undefined ? [] : [[`${name}:`, value]]));
  const nodes = cluster.nodes.map((node) => [node.name, node.role, nodeState(node), node.address ?? '-', node.image]);
  const advice = cluster.state === 'incomplete' ? ['', `Remove the parts with: boathouse cleanup ${cluster.name}`] : [];
  return [
    `Cluster "${cluster.name}"`,
    ...tableLines(known),
    '',
    ...tableLines([['NODE', 'ROLE', 'STATE', 'ADDRESS', 'IMAGE'], ...nodes]),
    ...advice,
  ];
}

function nodeState(node: ClusterNode): string {
  if (node.ready === undefined) return node.state;
  return `${node.state}, ${node.ready ? 'Ready' : 'not Ready'}`;
}
