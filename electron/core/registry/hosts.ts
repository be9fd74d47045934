// containerd's `certs.d`: where a node fetches the images of each registry from, as text and back.
import { parse } from 'smol-toml';
import type { ContainerFile } from '../engine/archive';

/** Where nodes keep it. (kind 0.33; the default of containerd 2) */
export const certsFolder = '/etc/containerd/certs.d';

/** Where images are fetched from, and why: a mirror that a user named, a cache or the local registry that a cluster is connected to. */
export interface Host {
  readonly address: string;
  readonly why: 'mirror' | 'cache' | 'registry' | 'other';
}

/** Registries by the name that references have (`docker.io`, `localhost:5001`, `*` for all others), each with hosts in order. */
export type Hosts = ReadonlyMap<string, readonly Host[]>;

/** Files below {@link certsFolder} by their path from there. */
export type CertsFiles = ReadonlyMap<string, string>;

const hostsFile = /^([^/]+)\/hosts\.toml$/;
const mark = '# Written by Boathouse.';

/** A file that somebody else had written stands under this name until ours goes. */
const asideName = 'hosts.toml.before-boathouse';

/**
 * containerd 1.6 (remotes/docker/config/hosts.go): hosts are asked in order, and after them the registry itself, because `server` is
 * left out; a host without capabilities would also be pushed to.
 */
export function hostsText(hosts: readonly Host[]): string {
  const tables = hosts.map(
    ({ address, why }) => `\n# ${why}\n[host."${quoted(address)}"]\n  capabilities = ["pull", "resolve"]\n`,
  );
  return `${mark} Each host is asked in turn, then the registry itself.\n${tables.join('')}`;
}

/** An address may hold what would end its text here. */
function quoted(address: string): string {
  return address.replace(/["\\\s]/g, encodeURIComponent);
}

/** What files say, ours and others'; of a text that is no TOML nothing is told. */
export function readHosts(files: CertsFiles): Hosts {
  return hostsIn(files, () => true);
}

/** What our files say. */
export function ownHosts(files: CertsFiles): Hosts {
  return hostsIn(files, isOurs);
}

function hostsIn(files: CertsFiles, counts: (text: string) => boolean): Hosts {
  const found = new Map<string, Host[]>();
  for (const [path, text] of files) {
    const [, folder] = hostsFile.exec(path) ?? [];
    const hosts = folder !== undefined && counts(text) ? hostsOf(text) : [];
    if (folder !== undefined && hosts.length > 0) found.set(hostOf(folder), hosts);
  }
  return found;
}

function hostsOf(text: string): Host[] {
  if (isOurs(text)) {
    const tables = text.matchAll(/^# (mirror|cache|registry)\n\[host\."(.+)"\]$/gm);
    return [...tables].map(([, why, address = '']) => ({ address, why: why as Host['why'] }));
  }
  try {
    const { host } = parse(text);
    const addresses = typeof host === 'object' && host !== null && !Array.isArray(host) ? Object.keys(host) : [];
    return addresses.map((address) => ({ address, why: 'other' }));
  } catch {
    return [];
  }
}

/** Hosts with those of one kind replaced: mirrors come first, so that what a user named is asked before a cache. */
export function withHosts(hosts: Hosts, why: Host['why'], wanted: ReadonlyMap<string, readonly string[]>): Hosts {
  const names = [...new Set([...hosts.keys(), ...wanted.keys()])];
  const entries = names.map((name): [string, Host[]] => {
    const others = (hosts.get(name) ?? []).filter((host) => host.why !== why);
    const these = (wanted.get(name) ?? []).map((address) => ({ address, why }));
    return [name, why === 'mirror' ? [...these, ...others] : [...others, ...these]];
  });
  return new Map(entries.filter(([, of]) => of.length > 0));
}

/** What the mirrors of a template, or of a change, ask for. */
export function mirrorHosts(mirrors: Readonly<Record<string, readonly string[]>>, besides: Hosts = new Map()): Hosts {
  return withHosts(besides, 'mirror', new Map(Object.entries(mirrors)));
}

/** The addresses of one kind, by registry. */
export function addressesOf(hosts: Hosts, why: Host['why']): Map<string, string[]> {
  const entries = [...hosts].map(([name, of]): [string, string[]] => [
    name,
    of.filter((host) => host.why === why).map(({ address }) => address),
  ]);
  return new Map(entries.filter(([, addresses]) => addresses.length > 0));
}

export interface HostsChange {
  write: ContainerFile[];
  /** Absolute paths. */
  remove: string[];
}

/**
 * What brings a node from its files to `wanted`. What others wrote is put aside under another name, and back when we have no more to
 * say; hosts that `wanted` does not name and that are not ours stay as they are.
 */
export function hostsChange(files: CertsFiles, wanted: Hosts): HostsChange {
  const change: HostsChange = { write: [], remove: [] };
  const at = (folder: string, name = 'hosts.toml') => `${certsFolder}/${folder}/${name}`;
  for (const [name, hosts] of wanted) {
    const folder = folderOf(name);
    const present = files.get(`${folder}/hosts.toml`);
    const content = hostsText(hosts);
    if (hosts.length === 0 || present === content) continue;
    if (present !== undefined && !isOurs(present)) {
      change.write.push({ path: at(folder, asideName), content: present });
    }
    change.write.push({ path: at(folder), content });
  }
  for (const [path, text] of files) {
    const [, folder] = hostsFile.exec(path) ?? [];
    if (folder === undefined || !isOurs(text) || (wanted.get(hostOf(folder))?.length ?? 0) > 0) continue;
    const aside = files.get(`${folder}/${asideName}`);
    if (aside === undefined) change.remove.push(at(folder));
    else {
      change.write.push({ path: at(folder), content: aside });
      change.remove.push(at(folder, asideName));
    }
  }
  return change;
}

function isOurs(text: string): boolean {
  return text.startsWith(mark);
}

/** containerd 1.5: `_default` is asked for every registry that has no folder of its own. */
function folderOf(host: string): string {
  return host === '*' ? '_default' : host;
}

function hostOf(folder: string): string {
  return folder === '_default' ? '*' : folder;
}

/** What a node's containerd makes of `certs.d`. */
export type CertsReading = 'reads' | 'can-be-told' | 'uses-mirrors';

/**
 * By the text of `/etc/containerd/config.toml`. kind: images before 0.27 (containerd 1) have no `config_path` and read nothing until
 * told; containerd 2 (`version = 3`) reads by default; with `registry.mirrors` it must not be told: the two exclude each other.
 */
export function certsReading(configuration: string): CertsReading {
  const { version, plugins } = parse(configuration) as {
    version?: number;
    plugins?: Record<string, { registry?: { config_path?: string; mirrors?: object } }>;
  };
  const registries = ['io.containerd.grpc.v1.cri', 'io.containerd.cri.v1.images'].map((id) => plugins?.[id]?.registry);
  if (registries.some((registry) => registry?.config_path?.split(':').includes(certsFolder))) return 'reads';
  if (registries.some((registry) => registry?.mirrors !== undefined || registry?.config_path)) return 'uses-mirrors';
  return (version ?? 1) >= 3 ? 'reads' : 'can-be-told';
}

/** The configuration of a containerd that {@link certsReading} says can be told, told. */
export function tellContainerd(configuration: string): string {
  const { plugins } = parse(configuration) as { plugins?: Record<string, { registry?: object }> };
  const key = `  config_path = "${certsFolder}"`;
  const table = '[plugins."io.containerd.grpc.v1.cri".registry]';
  if (plugins?.['io.containerd.grpc.v1.cri']?.registry === undefined) {
    return `${configuration.replace(/\n*$/, '\n')}\n${table}\n${key}\n`;
  }
  const header = /^[ \t]*\[plugins\."io\.containerd\.grpc\.v1\.cri"\.registry\][ \t]*$/m;
  if (header.test(configuration)) {
    return configuration.replace(/^[ \t]*config_path[ \t]*=[ \t]*""[ \t]*\n/m, '').replace(header, `${table}\n${key}`);
  }
  // Only tables below it, such as `registry.configs`, are written: the table itself may still follow.
  return `${configuration.replace(/\n*$/, '\n')}\n${table}\n${key}\n`;
}
