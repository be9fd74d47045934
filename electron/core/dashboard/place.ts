// Where everything of ours for dashboards lies in a cluster, and by what it is known again.
import type { DashboardRights } from '../../../shared/model/dashboard';

export const dashboardNamespace = 'boathouse-dashboard';
export const ownerLabel = 'app.kubernetes.io/managed-by';
export const owner = 'boathouse';

/** The service account that one signs in as has the name of its rights. */
export function accountOf(rights: DashboardRights): { namespace: string; name: string } {
  return { namespace: dashboardNamespace, name: rights };
}
