// What is made in a cluster for a dashboard: our own manifests, each object marked as ours.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubernetesObject } from '@kubernetes/client-node';
import type { DashboardKind, DashboardRights } from '../../../shared/model/dashboard';
import { manifestObjects } from '../kube/manifest';
import { owner, ownerLabel } from './place';

export interface WantedDashboard {
  /** Absent: nothing but whom one is there. */
  kind?: DashboardKind | undefined;
  rights: DashboardRights;
  image?: string | undefined;
}

interface WithPods extends KubernetesObject {
  spec?: { template?: { spec?: { containers?: { image?: string }[] } } };
}

/** `resources`: the product's folder of that name. */
export async function dashboardObjects(
  resources: string,
  { kind, image }: Pick<WantedDashboard, 'kind' | 'image'>,
): Promise<KubernetesObject[]> {
  if (!kind) return [];
  const objects = await read(resources, kind);
  for (const { spec } of objects as WithPods[]) {
    for (const container of spec?.template?.spec?.containers ?? []) if (image) container.image = image;
  }
  return objects;
}

/** The service account of some rights, and what lets it do what it may. */
export function accessObjects(resources: string, rights: DashboardRights): Promise<KubernetesObject[]> {
  return read(resources, rights);
}

async function read(resources: string, name: DashboardKind | DashboardRights): Promise<KubernetesObject[]> {
  const text = await readFile(join(resources, 'dashboard', `${name}.yaml`), 'utf8');
  return manifestObjects(text).map((object) => ({
    ...object,
    metadata: { ...object.metadata, labels: { ...object.metadata?.labels, [ownerLabel]: owner } },
  }));
}
