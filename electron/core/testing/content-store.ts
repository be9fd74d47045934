// For tests: what is wrong with the content store of a node, after something was broken off.
import type { TestCore } from './core';
import { inNode } from './programs';

const content = '/var/lib/containerd/io.containerd.content.v1.content';

/** What lies in it and belongs to no image, and blobs that are not what their name says; empty when all is well. */
export async function contentFaults(core: TestCore, node: string): Promise<string> {
  const blobs = `cd ${content}/blobs/sha256 && sha256sum * | awk '$1 != $2 { print "damaged " $2 }'`;
  return inNode(core, node, 'sh', '-c', `${blobs}; ls -A ${content}/boathouse 2>/dev/null; ls -A ${content}/ingest`);
}
