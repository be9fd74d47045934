// Names that nodes and pods of a k3s cluster find this computer and each other by; the engine forgets them at each start of a container.
import { isMap, parseAllDocuments, stringify } from 'yaml';

export interface HostAlias {
  ip: string;
  hostnames: readonly string[];
}

/** k3d 5.9: the name of this computer. */
const hostName = 'host.k3d.internal';

/** k3d 5.9: what was asked for at creation is kept as JSON in a label. What is not of that form is left out. */
export function parseHostAliases(label: string | undefined): HostAlias[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(label ?? '[]');
  } catch {
    return [];
  }
  return Array.isArray(parsed) ? parsed.filter(isHostAlias) : [];
}

function isHostAlias(value: unknown): value is HostAlias {
  const { ip, hostnames } = (value ?? {}) as Partial<HostAlias>;
  return typeof ip === 'string' && Array.isArray(hostnames) && hostnames.every((name) => typeof name === 'string');
}

/** All aliases of a cluster: those of its label, and this computer at `gateway`. */
export function aliasesOf(label: string | undefined, gateway: string): HostAlias[] {
  return [...parseHostAliases(label), { ip: gateway, hostnames: [hostName] }];
}

const lineOf = ({ ip, hostnames }: HostAlias) => `${ip} ${hostnames.join(' ')}`;

/** Adds the lines to a running node's `/etc/hosts` that are not there; the file is the engine's and can only be written in place. */
export function addHosts(aliases: readonly HostAlias[]): string[] {
  const script = 'for line in "$@"; do grep -qxF "$line" /etc/hosts || echo "$line" >>/etc/hosts; done';
  return ['sh', '-c', script, 'hosts', ...aliases.map(lineOf)];
}

/**
 * k3s' manifest of CoreDNS with the records of the aliases and of all containers in the network.
 * k3d 5.9: `NodeHosts` is replaced as a whole, everything else stays.
 */
export function withNodeHosts(manifest: string, aliases: readonly HostAlias[]): string {
  const records = aliases.map((alias) => `${lineOf(alias)}\n`).join('');
  const documents = parseAllDocuments(manifest);
  if (!Array.isArray(documents)) return manifest;
  return documents
    .map((document) => {
      if (String(document.get('kind')).toLowerCase() === 'configmap' && isMap(document.get('data'))) {
        document.setIn(['data', 'NodeHosts'], records);
      }
      return document.contents === null ? '' : stringify(document, { lineWidth: 0, directives: false });
    })
    .filter((text) => text.trim() !== '')
    .join('---\n');
}
