// What the engine's list of containers tells of one, in the words of a cluster's node.
import { type ClusterNode, type NodeRole, nodeRoles, nodeStateSchema } from '../../../shared/model/cluster';

/** What is used of an entry of `GET /containers/json`. */
export interface ListedContainer {
  Id: string;
  Names: string[];
  Image: string;
  State: string;
  Created: number;
  Labels: Record<string, string>;
  Ports: { IP?: string | undefined; PrivatePort: number; PublicPort?: number | undefined }[];
  NetworkSettings?:
    | {
        Networks: Record<
          string,
          { IPAddress?: string | undefined; IPAMConfig?: { IPv4Address?: string | undefined } | null | undefined }
        >;
      }
    | undefined;
}

/** The containers by what `key` says of them; those of which it says nothing are left out. */
export function groupBy(
  containers: readonly ListedContainer[],
  key: (container: ListedContainer) => string | undefined,
): Map<string, ListedContainer[]> {
  const groups = new Map<string, ListedContainer[]>();
  for (const container of containers) {
    const name = key(container);
    if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), container]);
  }
  return groups;
}

/** The object without its undefined fields. */
export function present<Fields extends Record<string, unknown>>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
  };
}

/** `labelled`: the address that a label keeps, because the engine has none for a stopped container. */
export function nodeOf(container: ListedContainer, role: NodeRole, labelled?: string): ClusterNode {
  const [network] = Object.values(container.NetworkSettings?.Networks ?? {});
  const address = network?.IPAddress || network?.IPAMConfig?.IPv4Address || labelled;
  return {
    name: nameOf(container),
    containerId: container.Id,
    role,
    state: nodeStateSchema.catch('dead').parse(container.State),
    image: container.Image,
    ...(address && { address }),
  };
}

export function nameOf(container: ListedContainer): string {
  return (container.Names[0] ?? container.Id).replace(/^\//, '');
}

/** The nodes, control planes first, then workers, `worker2` before `worker10`; and apart from them what stands before the API. */
export function nodesAndEntrance(containers: readonly ClusterNode[]): { nodes: ClusterNode[]; entrance?: ClusterNode } {
  const nodes = containers.filter((one) => one.role !== 'external-load-balancer');
  const entrance = containers.find((one) => one.role === 'external-load-balancer');
  nodes.sort(
    (a, b) =>
      nodeRoles.indexOf(a.role) - nodeRoles.indexOf(b.role) || a.name.localeCompare(b.name, 'en', { numeric: true }),
  );
  return { nodes, ...(entrance && { entrance }) };
}

export function firstLabel(members: readonly ListedContainer[], label: string): string | undefined {
  return members.map((member) => member.Labels[label]).find((value) => value !== undefined);
}

/** The network that the engine lists first. */
export function networkOf(members: readonly ListedContainer[]): string | undefined {
  return Object.keys(members[0]?.NetworkSettings?.Networks ?? {})[0];
}

/** When the first of them was created, RFC 3339. */
export function createdAt(members: readonly ListedContainer[]): string {
  return new Date(Math.min(...members.map((member) => member.Created)) * 1000).toISOString();
}

/** Where this computer reaches a port of a running container, as an https address. */
export function publishedAt(container: ListedContainer, privatePort: number): string | undefined {
  const port = container.Ports.find((one) => one.PrivatePort === privatePort && one.PublicPort !== undefined);
  return port && `https://${hostOf(port.IP)}:${port.PublicPort}`;
}

/** The host of an address in a URL; the unspecified address is this computer. */
export function hostOf(address: string | undefined): string {
  if (!address || address === '0.0.0.0' || address === '::') return '127.0.0.1';
  return address.includes(':') ? `[${address}]` : address;
}
