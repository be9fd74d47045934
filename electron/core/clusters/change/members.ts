// Which nodes a cluster has while it is changed, and telling the edges of its ports and its entrance whenever that changes.
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import type { TemplatePort } from '../../../../shared/model/template/ports';
import { putFiles } from '../../engine/archive';
import type { Engine } from '../../engine/engine';
import { entranceRoutes } from '../edge/entrance';
import { type PortsOf, portFiles, portsWithout, rereadEdge } from '../edge/ports';

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

/** `of`: what ports need to know beside the nodes. */
export function membersOf(engine: Engine, doors: Doors, of: Omit<PortsOf, 'nodes'>, first: readonly Member[]): Members {
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
  of: Omit<PortsOf, 'nodes'>,
  { before, after }: { before: readonly Member[]; after: readonly Member[] },
  signal: AbortSignal,
): Promise<void> {
  const [earlier, now] = [before, after].map(apiAddresses);
  const lost = new Set(portsWithout(of.cluster, ports, after));
  await Promise.all([
    ...(entrance && now && earlier?.join() !== now.join()
      ? [tell(engine, entrance, [entranceRoutes(now)], signal)]
      : []),
    ...ports
      .filter((port) => !lost.has(port))
      .map((port) => tell(engine, port, portFiles({ ...of, nodes: after }, port), signal)),
  ]);
}

function apiAddresses(members: readonly Member[]): string[] {
  return members.flatMap(({ role, address }) => (role === 'control-plane' && address ? [address] : []));
}

async function tell(
  engine: Engine,
  edge: Pick<ClusterNode, 'containerId' | 'state'>,
  files: Parameters<typeof putFiles>[2],
  signal: AbortSignal,
): Promise<void> {
  await putFiles(engine, edge.containerId, files, signal);
  if (edge.state === 'running') await rereadEdge(engine, edge.containerId, signal);
}
