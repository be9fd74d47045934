// Who takes the engine's disk, and what could go without anybody missing it. Pure.
import type { Cluster } from '../../../shared/model/cluster';
import { type Cleanup, cleanups, type Disk, type DiskOwner, type DiskPart } from '../../../shared/model/disk';
import { cacheLabels, cacheRole } from '../caches/labels';
import { kindLabels } from '../clusters/providers/kubeadm/labels';
import { registryLabels } from '../registry/labels';
import type { SystemDf } from './system-df';

/** Images that nodes are made of, by the names that the makers give them, and those that a cluster's containers run from. */
const nodeImage = /^(docker\.io\/)?(kindest\/node|rancher\/k3s)[:@]/;

type Container = SystemDf['containers'][number];

/** @param clusters as the engine's containers show them */
export function diskOf(df: SystemDf, clusters: readonly Cluster[]): Disk {
  const volumes = new Map(df.volumes.map(({ Name, UsageData }) => [Name, Math.max(0, UsageData?.Size ?? 0)]));
  const owners = new Map<string, DiskOwner>();
  const owned = new Set<string>();
  for (const container of df.containers) {
    const owner = ownerOf(container, clusters);
    if (!owner) continue;
    const key = `${owner.kind} ${owner.name}`;
    const known = owners.get(key) ?? { ...owner, bytes: 0, parts: [] };
    for (const part of partsOf(container, volumes, owned)) {
      known.parts.push(part);
      known.bytes += part.bytes;
    }
    owners.set(key, known);
  }
  const largest = (one: { bytes: number }, other: { bytes: number }) => other.bytes - one.bytes;
  const others = [...volumes].filter(([name]) => !owned.has(name));
  return {
    owners: [...owners.values()]
      .map((owner) => ({ ...owner, parts: owner.parts.toSorted(largest) }))
      .sort((one, other) => largest(one, other) || one.name.localeCompare(other.name)),
    images: df.layers,
    buildCache: sum(df.buildCache.map(({ Size }) => Size)),
    otherVolumes: others.map(([name, bytes]) => ({ name, bytes })).sort(largest),
    cleanups: cleanups.flatMap((id) => {
      const parts = candidates(df, id).toSorted(largest);
      return parts.length > 0 ? [{ id, bytes: sum(parts.map(({ bytes }) => bytes)), parts }] : [];
    }),
  };
}

function ownerOf(container: Container, clusters: readonly Cluster[]): Pick<DiskOwner, 'kind' | 'name'> | undefined {
  const { Id, Labels } = container;
  if (Labels[registryLabels.role] === 'registry') return { kind: 'registry', name: nameOf(container) };
  if (Labels[cacheLabels.role] === cacheRole) {
    return { kind: 'cache', name: Labels[cacheLabels.upstream] ?? nameOf(container) };
  }
  const cluster = clusters.find(
    ({ name, nodes }) =>
      nodes.some(({ containerId }) => containerId === Id) ||
      Labels[kindLabels.cluster] === name ||
      Labels['dev.boathouse.cluster'] === name,
  );
  return cluster && { kind: 'cluster', name: cluster.name };
}

/** What a container wrote, and each of its volumes, by where it has them: their own names are mostly random. Each volume counts once. */
function partsOf(container: Container, volumes: ReadonlyMap<string, number>, owned: Set<string>): DiskPart[] {
  const name = nameOf(container);
  const parts: DiskPart[] = [{ name, bytes: container.SizeRw }];
  for (const { Type, Name, Destination } of container.Mounts) {
    if (Type !== 'volume' || Name === undefined || owned.has(Name)) continue;
    owned.add(Name);
    parts.push({ name, path: Destination, bytes: volumes.get(Name) ?? 0 });
  }
  return parts;
}

function nameOf({ Names, Id }: Container): string {
  return (Names[0] ?? Id).replace(/^\//, '');
}

/** What a clean-up would take away. */
export function candidates(df: SystemDf, id: Cleanup): DiskPart[] {
  const running = new Set(df.containers.map(({ ImageID }) => ImageID));
  const unused = df.images.filter((image) => !running.has(image.Id) && image.Containers <= 0);
  switch (id) {
    case 'build-cache': {
      const records = df.buildCache.filter(({ InUse }) => !InUse);
      return records.length > 0 ? [{ name: `${records.length}`, bytes: sum(records.map(({ Size }) => Size)) }] : [];
    }
    case 'untagged-images':
      return unused.filter(({ RepoTags }) => RepoTags.length === 0).map(imagePart);
    case 'left-volumes':
      return df.volumes
        .filter(({ Labels, UsageData }) => UsageData?.RefCount === 0 && isLeft(Labels))
        .map(({ Name, UsageData }) => ({ name: Name, bytes: Math.max(0, UsageData?.Size ?? 0) }));
    case 'unused-node-images':
      return unused.filter(({ RepoTags }) => RepoTags.some((tag) => nodeImage.test(tag))).map(imagePart);
    case 'caches':
      return df.containers
        .filter(({ Labels }) => Labels[cacheLabels.role] === cacheRole)
        .map((container) => {
          const { Mounts, Labels } = container;
          const held = df.volumes.filter(({ Name }) => Mounts.some((mount) => mount.Name === Name));
          const bytes = sum(held.map(({ UsageData }) => Math.max(0, UsageData?.Size ?? 0)));
          return { name: Labels[cacheLabels.upstream] ?? nameOf(container), bytes };
        })
        .filter(({ bytes }) => bytes > 0);
  }
}

/** Ours and kind's, of clusters that are gone. Not the registry's: it holds what somebody pushed. */
function isLeft(labels: Readonly<Record<string, string>>): boolean {
  if (labels[registryLabels.role] === 'registry') return false;
  return [kindLabels.cluster, 'dev.boathouse.cluster', cacheLabels.upstream].some(
    (label) => labels[label] !== undefined,
  );
}

function imagePart({ Id, RepoTags, Size, SharedSize }: SystemDf['images'][number]): DiskPart {
  return { name: RepoTags[0] ?? Id, bytes: Math.max(0, Size - Math.max(0, SharedSize)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
