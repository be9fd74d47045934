// The pods of a cluster by the node that they are on, what is wrong first. Pure.
import { type Pod, type PodState, podKey } from '../../../../shared/model/pod';

export interface PlacedPods {
  /** By node, in the order in which they are drawn. */
  byNode: ReadonlyMap<string, readonly Pod[]>;
  /** Those that no node has. */
  unplaced: readonly Pod[];
}

const order: readonly PodState[] = ['broken', 'starting', 'ending', 'running', 'done'];

export function placedPods(pods: Iterable<Pod>): PlacedPods {
  const sorted = [...pods].sort(
    (one, other) =>
      order.indexOf(one.state) - order.indexOf(other.state) || podKey(one).localeCompare(podKey(other), 'en'),
  );
  const byNode = new Map<string, Pod[]>();
  const unplaced: Pod[] = [];
  for (const pod of sorted) {
    if (pod.node === undefined) unplaced.push(pod);
    else byNode.set(pod.node, [...(byNode.get(pod.node) ?? []), pod]);
  }
  return { byNode, unplaced };
}

/** How many there are in each state that occurs, what is wrong first. */
export function countPods(pods: readonly Pod[]): [state: PodState, count: number][] {
  return order
    .map((state): [PodState, number] => [state, pods.filter((pod) => pod.state === state).length])
    .filter(([, count]) => count > 0);
}
