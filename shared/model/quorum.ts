// How many of its members etcd needs: it goes on only while more than half of them are well.

/** How many of so many members have to be well. */
export function quorumOf(members: number): number {
  return Math.floor(members / 2) + 1;
}
