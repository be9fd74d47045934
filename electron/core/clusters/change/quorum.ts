// Whether a cluster can do without a control plane: etcd goes on only while more than half of its members are well.
import { quorumOf } from '../../../../shared/model/quorum';

/**
 * Why a member cannot be taken out: `last`: there is no other; `quorum`: those that are well are too few to agree on it, or would be
 * too few without it; undefined when it can. Members are called by whatever tells them apart.
 */
export function hindranceToLeave(
  leaving: string,
  members: readonly string[],
  well: readonly string[],
): 'last' | 'quorum' | undefined {
  if (!members.includes(leaving)) return undefined;
  if (members.length === 1) return 'last';
  if (well.length < quorumOf(members.length)) return 'quorum';
  const left = well.filter((member) => member !== leaving).length;
  return left < quorumOf(members.length - 1) ? 'quorum' : undefined;
}
