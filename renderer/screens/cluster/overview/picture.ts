// What there is to draw of a cluster: its doors, its nodes by what they do, the registries and mirrors that its images come from.
import { useMemo } from 'react';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import type { LocalRegistry } from '../../../../shared/model/registry';
import { useMirrors } from '../../../parts/use-mirrors';
import { useRegistries } from '../../../stores/app-context';
import { type Door, doorsOf } from '../ports/doors';

/** Where the nodes fetch images from beside the registries of the world. */
export type Source = { key: string; title: string; whole: string; state: ClusterNode['state'] } & (
  | { kind: 'registry' }
  | { kind: 'mirror'; mirrors: number }
);

export interface Picture {
  doors: Door[];
  planes: ClusterNode[];
  workers: ClusterNode[];
  sources: Source[];
}

export function usePicture(cluster: Cluster): Picture {
  const { registries } = useRegistries();
  const { value } = useMirrors(cluster);
  return useMemo(() => pictureOf(cluster, registries, value?.mirrors ?? {}), [cluster, registries, value]);
}

/** @param mirrors addresses by the registry that they stand in for */
export function pictureOf(
  cluster: Cluster,
  registries: readonly LocalRegistry[],
  mirrors: Readonly<Record<string, readonly string[]>>,
): Picture {
  const connected = registries.filter(({ clusters }) => clusters.includes(cluster.name));
  return {
    doors: doorsOf(cluster),
    planes: cluster.nodes.filter(({ role }) => role === 'control-plane'),
    workers: cluster.nodes.filter(({ role }) => role === 'worker'),
    sources: [
      ...connected.map(({ name, address, state }): Source => {
        return { kind: 'registry', key: name, title: address ?? name, whole: name, state };
      }),
      ...Object.entries(mirrors).map(([registry, addresses]): Source => {
        const whole = `${registry}: ${addresses.join(', ')}`;
        return { kind: 'mirror', key: registry, title: registry, whole, mirrors: addresses.length, state: 'running' };
      }),
    ],
  };
}
