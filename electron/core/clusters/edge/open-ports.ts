// Which ports are open into which cluster, read from the labels of the containers that have them.
import type { OpenPort } from '../../../../shared/model/cluster';
import { portSchema } from '../../../../shared/model/template/ports';
import { groupBy, type ListedContainer, nodeOf } from '../listed';
import { ownLabels } from '../providers/kubeadm/labels';

/** By the cluster's name, in the order of their numbers. A container whose label cannot be read is no port. */
export function openPortsOf(containers: readonly ListedContainer[]): ReadonlyMap<string, OpenPort[]> {
  const byCluster = groupBy(containers, (container) => container.Labels[ownLabels.cluster]);
  return new Map(
    [...byCluster].map(([name, members]) => [
      name,
      members.flatMap(portOf).sort((one, other) => one.hostPort - other.hostPort),
    ]),
  );
}

function portOf(container: ListedContainer): OpenPort[] {
  const port = portSchema.safeParse(parsed(container.Labels[ownLabels.port] ?? ''));
  if (!port.success) return [];
  const { name, containerId, state, image } = nodeOf(container, 'external-load-balancer');
  return [{ ...port.data, name, containerId, state, image }];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
