// For tests: what is wrong with the content store of a node, after something was broken off.
import type { TestCore } from './core';
import { inNode } from './programs';

const content = '/var/lib/containerd/io.containerd.content.v1.content';

/**
 * What a load left in it, and blobs that are not what their name says, among those that came or changed since the node was made (what its
 * image brought takes a second of a processor to go through); empty when all is well. Of what was being written when a node was
 * killed, containerd takes the remains away itself, a day later: only large ones count.
 */
export async function contentFaults(core: TestCore, node: string): Promise<string> {
  const blobs = `cd ${content}/blobs/sha256 && find * -newer /kind/kubeadm.conf -exec sha256sum {} + | awk '$1 != $2 { print "damaged " $2 }'`;
  return inNode(
    core,
    node,
    'sh',
    '-c',
    `${blobs}; ls -A ${content}/boathouse 2>/dev/null; find ${content}/ingest -type f -size +1024k`,
  );
}
