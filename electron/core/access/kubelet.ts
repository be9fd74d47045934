// What kubelets sign in with: docker's own format, in a file that only the node's root reads.
import type { ClusterNode } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import type { Password } from '../caches/credentials';
import { getFile, putFiles } from '../engine/archive';
import type { Engine } from '../engine/engine';
import { execOrThrow } from '../engine/exec';
import type { StepContext } from '../operations/operation';
import { withAccount } from './accounts';

/** Kubernetes: pkg/credentialprovider looks here first; kind's guide to private registries writes it too. */
export const kubeletFile = '/var/lib/kubelet/config.json';

/** What a node has, running or not; empty when there is none. */
export async function kubeletText(engine: Engine, node: string, signal: AbortSignal): Promise<string> {
  return (await getFile(engine, node, kubeletFile, signal))?.toString('utf8') ?? '';
}

/**
 * Brings the account of a registry to what is wanted on every node (undefined: none), until an undo brings back what was.
 * Throws `not-possible` where somebody else's file is none.
 */
export async function setKubeletAccount(
  engine: Engine,
  nodes: readonly ClusterNode[],
  { registry, password }: { registry: string; password: Password | undefined },
  { signal, undo }: Pick<StepContext, 'signal' | 'undo'>,
): Promise<void> {
  const told = nodes.filter(({ role }) => role !== 'external-load-balancer');
  await Promise.all(
    told.map(async (node) => {
      const before = await kubeletText(engine, node.name, signal);
      const after = withAccount(before, registry, password);
      if (after === undefined) throw unreadable(node.name);
      if (after === before) return;
      undo(`what ${node.name} signs in with`, (within) => write(engine, node, before || '{}\n', within));
      await write(engine, node, after, signal);
    }),
  );
}

/** A kubelet reads the file again every five minutes; started anew it does at once, and its pods go on. */
async function write(engine: Engine, { name, state }: ClusterNode, content: string, signal: AbortSignal) {
  await putFiles(engine, name, [{ path: kubeletFile, content, mode: 0o600 }], signal);
  if (state === 'running') await execOrThrow(engine, name, ['systemctl', 'try-restart', 'kubelet'], { signal });
}

function unreadable(node: string): AppError {
  return new AppError('not-possible', `${kubeletFile} on ${node} is not what docker and kubelets write`, {
    params: { name: node, maker: 'boathouse', ability: 'images', why: 'kubelet-file' },
    hints: [
      { text: `Look at it with: docker exec ${node} cat ${kubeletFile}` },
      { text: 'Or sign in with --as secret' },
    ],
  });
}
