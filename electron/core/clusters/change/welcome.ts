// A new node is one of the cluster: from now on the edges of its ports, and for a control plane the entrance, lead to it.
import type { StepContext } from '../../operations/operation';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import type { Entered } from './part';

export async function welcome({ live }: Entered, node: PlannedNode, context: StepContext): Promise<void> {
  const { members } = live();
  context.undo(`what ports know of ${node.name}`, (signal) =>
    members.become((all) => all.filter(({ name }) => name !== node.name), signal),
  );
  await members.become((all) => [...all, node], context.signal);
}
