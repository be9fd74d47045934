// The nodes that a wish adds, noted for the wishes after it: their names are taken, and control planes among them vote in etcd.
import type { PlannedNode } from '../providers/kubeadm/nodes';
import { type Adding, newNodes } from './new-nodes';
import { companyOf, type Entered } from './part';

/** Throws `bad-input` when the cluster's network has no room for that many. */
export function comingNodes(entered: Entered, adding: Adding): PlannedNode[] {
  const { coming, etcd } = entered;
  const nodes = newNodes(companyOf(entered), adding);
  coming.push(...nodes);
  for (const { name, role } of nodes) {
    if (role !== 'control-plane') continue;
    etcd.members.add(name);
    etcd.well.add(name);
  }
  return nodes;
}
