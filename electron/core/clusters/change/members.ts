// Which nodes a cluster has while it is changed, and telling the edges of its ports and its entrance whenever that changes.
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import type { TemplatePort } from '../../../../shared/model/template/ports';
import type { Engine } from '../../engine/engine';
import { entranceRoutes } from '../edge/entrance';
import { type PortsOf, portFiles, portsWithout } from '../edge/ports';
import { type EdgeFile, tellEdge } from '../edge/tell';

export type Member = Pick<ClusterNode, 'name' | 'role' | 'address' | 'pool'>;

export interface Members {
  all(): readonly Member[];
  /** From then on the entrance leads to the control planes among them, and ports to all of them. */
  become(change: (members: readonly Member[]) => readonly Member[], signal: AbortSignal): Promise<void>;
  /** A port that has just been opened is told, too, now and later. */
  include(port: Door, signal: AbortSignal): Promise<void>;
  /** A port that is about to be closed is not told any more. */
  exclude(port: Pick<Door, 'containerId'>): void;
}

type Door = TemplatePort & Pick<ClusterNode, 'containerId' | 'state'>;

type Doors = Pick<Cluster, 'entrance' | 'ports'>;

/** What an edge is told beside the members: what ports need to know, and further files of the entrance. */
export type Told = Omit<PortsOf, 'nodes'> & { entranceFiles?(controlPlanes: readonly Member[]): EdgeFile[] };

export function membersOf(engine: Engine, doors: Doors, of: Told, first: readonly Member[]): Members {
  let members = first;
  let ports: readonly Door[] = doors.ports ?? [];
  // One after another: of two that are told at once, the older words could win.
  let told = Promise.resolve();
  const inTurn = (tell: () => Promise<void>) => {
    const telling = told.then(tell);
    told = telling.catch(() => {});
    return telling;
  };
  return {
    all: () => members,
    become(change, signal) {
      const before = members;
      members = change(members);
      const after = members;
      return inTurn(() => tellAll(engine, { ...doors, ports }, of, { before, after }, signal));
    },
    include(port, signal) {
      ports = [...ports, port];
      return inTurn(() => tellAll(engine, { ports: [port] }, of, { before: members, after: members }, signal));
    },
    exclude({ containerId }) {
      ports = ports.filter((port) => port.containerId !== containerId);
    },
  };
}

async function tellAll(
  engine: Engine,
  { entrance, ports }: { entrance?: ClusterNode | undefined; ports: readonly Door[] },
  of: Told,
  { before, after }: { before: readonly Member[]; after: readonly Member[] },
  signal: AbortSignal,
): Promise<void> {
  const [earlier, now] = [before, after].map(apiAddresses);
  const leads = after.filter(({ role }) => role === 'control-plane');
  const lost = new Set(portsWithout(of.cluster, ports, after));
  await Promise.all([
    ...(entrance && now && earlier?.join() !== now.join()
      ? [tellEdge(engine, entrance, [entranceRoutes(now), ...(of.entranceFiles?.(leads) ?? [])], signal)]
      : []),
    ...ports
      .filter((port) => !lost.has(port))
      .map((port) => tellEdge(engine, port, portFiles({ ...of, nodes: after }, port), signal)),
  ]);
}

function apiAddresses(members: readonly Member[]): string[] {
  return members.flatMap(({ role, address }) => (role === 'control-plane' && address ? [address] : []));
}
