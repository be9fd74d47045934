// Which part of the pod subnet belongs to which node.
import { addressIn, rangesIn } from '../../../../shared/model/template/ranges';

/** Length of a node's part: what the controller manager gives it. */
const shares = { ipv4: 24, ipv6: 64 };

/** A node's part of each range of the pod subnet, by its index from 0. Throws where there is none for it. */
export function podRangesOf(podSubnet: string, index: number): string[] {
  return rangesIn(podSubnet).map((range) => {
    const share = shares[range.family];
    if (range.prefix > share || index >= 2 ** (share - range.prefix)) {
      throw new Error(`the pod subnet ${podSubnet} has no /${share} for node ${index + 1}`);
    }
    const size = 1n << BigInt((range.family === 'ipv4' ? 32 : 128) - share);
    return `${addressIn({ ...range, first: range.first + size * BigInt(index) }, 0)}/${share}`;
  });
}
