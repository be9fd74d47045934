// Puts nodes that another program lists one by one into pools.
import { isDeepStrictEqual } from 'node:util';

/** The most nodes that a pool may have. */
const largestPool = 50;

/** Equal neighbours as one with a count, in the order given. */
export function pooled<Node extends object>(nodes: readonly Node[]): (Node & { count: number })[] {
  const pools: (Node & { count: number })[] = [];
  for (const node of nodes) {
    const last = pools.at(-1);
    const alike = last && isDeepStrictEqual({ ...node, count: last.count }, last);
    if (alike && last.count < largestPool) last.count += 1;
    else pools.push({ ...node, count: 1 });
  }
  return pools;
}
