// Which dashboards a cluster has, ours and those that were there, and whom one can be in them.
import type { V1Pod, V1Service, V1ServiceAccount } from '@kubernetes/client-node';
import { type Dashboard, type DashboardRights, dashboardRights } from '../../../shared/model/dashboard';
import type { Kube } from '../kube/connect';
import { dashboardNamespace, owner, ownerLabel } from './place';
import { dashboardKindOf, isReady } from './recognise';

export interface FoundDashboard extends Dashboard {
  definition: V1Service;
  pods: V1Pod[];
}

export interface Sight {
  dashboards: FoundDashboard[];
  rights: DashboardRights[];
}

interface List<Item> {
  items: Item[];
}

/** Throws `kubernetes-refused`. */
export async function lookForDashboards(kube: Kube, signal: AbortSignal): Promise<Sight> {
  const [services, accounts] = await Promise.all([
    kube.get<List<V1Service>>('/api/v1/services', signal),
    kube.get<List<V1ServiceAccount>>(`/api/v1/namespaces/${dashboardNamespace}/serviceaccounts`, signal),
  ]);
  const found = await Promise.all(services.items.map((service) => dashboardOf(kube, service, signal)));
  const dashboards = found.filter((one) => one !== undefined);
  const names = accounts.items.filter(isOurs).map(({ metadata }) => metadata?.name);
  return {
    dashboards: dashboards.sort((one, other) => Number(other.ours) - Number(one.ours)),
    rights: dashboardRights.filter((rights) => names.includes(rights)),
  };
}

async function dashboardOf(kube: Kube, service: V1Service, signal: AbortSignal): Promise<FoundDashboard | undefined> {
  const kind = dashboardKindOf(service);
  const { name = '', namespace = '' } = service.metadata ?? {};
  const selector = Object.entries(service.spec?.selector ?? {});
  if (!kind || selector.length === 0) return undefined;
  const selected = encodeURIComponent(selector.map(([key, value]) => `${key}=${value}`).join(','));
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods?labelSelector=${selected}`;
  const pods = (await kube.get<List<V1Pod>>(path, signal)).items;
  const image = pods[0]?.spec?.containers[0]?.image;
  const ours = namespace === dashboardNamespace && isOurs(service);
  const ready = pods.filter(isReady).length;
  return { kind, namespace, service: name, ours, ready, ...(image && { image }), definition: service, pods };
}

export function isOurs({
  metadata,
}: {
  metadata?: { labels?: Record<string, string> | undefined } | undefined;
}): boolean {
  return metadata?.labels?.[ownerLabel] === owner;
}
