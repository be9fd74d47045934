// Refuses to open a port that another container has, before anything is done, and says who has it.
import { type ClusterChange, portText } from '../../../../shared/model/change';
import type { Cluster } from '../../../../shared/model/cluster';
import type { Engine } from '../../engine/engine';
import { explained } from '../../engine/failures';
import { clusterIn, portTaken } from '../../engine/ports';

type Opening = Extract<ClusterChange, { kind: 'open-port' }>['port'];

interface Publishing {
  Id: string;
  Names: string[];
  Labels: Record<string, string>;
  Ports: { IP?: string; PublicPort?: number; Type: string }[];
}

/** Throws `port-taken`. A program that is no container shows only when the port is opened. */
export async function refuseTakenPorts(engine: Engine, cluster: Cluster, changes: readonly ClusterChange[]) {
  const wanted = changes.flatMap((change) =>
    change.kind === 'open-port' && change.port.hostPort ? [change.port] : [],
  );
  if (wanted.length === 0) return;
  const closed = new Set(changes.flatMap((change) => (change.kind === 'close-port' ? [portText(change.port)] : [])));
  const leaving = new Set(
    (cluster.ports ?? []).flatMap((port) => (closed.has(portText(port)) ? [port.containerId] : [])),
  );
  const all = (await explained(() => engine.docker.listContainers())) as unknown as Publishing[];
  const others = all.filter(({ Id }) => !leaving.has(Id));
  for (const port of wanted) {
    const owner = others.find((container) => has(container, port));
    if (!owner) continue;
    const container = (owner.Names[0] ?? owner.Id).replace(/^\//, '');
    throw portTaken(port.hostPort, { container, cluster: clusterIn(owner.Labels) });
  }
}

/** Whether a container has a port at an address that overlaps: all addresses include each. */
export function has({ Ports }: Pick<Publishing, 'Ports'>, port: Opening): boolean {
  const all = (address: string) => address === '0.0.0.0' || address === '::' || address === '';
  return Ports.some(
    ({ IP = '', PublicPort, Type }) =>
      PublicPort === port.hostPort &&
      Type === port.protocol.toLowerCase() &&
      (IP === port.hostAddress || all(IP) || all(port.hostAddress)),
  );
}
