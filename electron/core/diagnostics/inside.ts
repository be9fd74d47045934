// A look at the machine that the engine runs on, where that is not this computer: from inside of a container.
import type { Cluster } from '../../../shared/model/cluster';
import { versionOfImage } from '../clusters/providers/kubeadm/node-image';
import type { Engine } from '../engine/engine';
import { execInContainer } from '../engine/exec';
import { explained } from '../engine/failures';
import { runOnce } from '../engine/run-once';

export interface InsideFacts {
  /** `fs.inotify.max_user_instances` and `max_user_watches`: one pair for all containers of a kernel. */
  instances: number;
  watches: number;
  /** Bytes free where containers are kept. */
  freeDisk: number;
}

const look = 'cat /proc/sys/fs/inotify/max_user_instances /proc/sys/fs/inotify/max_user_watches; df -Pk /var';

/**
 * Looks from a running node, else from a container of a node image that the engine has; undefined when it has neither.
 * Throws what the engine refuses.
 */
export async function lookInside(
  engine: Engine,
  clusters: readonly Cluster[],
  signal: AbortSignal,
): Promise<InsideFacts | undefined> {
  const node = clusters.flatMap(({ nodes }) => nodes).find(({ state }) => state === 'running');
  if (node) {
    const { stdout } = await execInContainer(engine, node.containerId, ['sh', '-c', look], { signal });
    return parseLook(stdout);
  }
  const image = await nodeImageHere(engine, clusters, signal);
  if (!image) return undefined;
  return parseLook((await runOnce(engine, { image, command: ['sh', '-c', look], signal })).output);
}

/** A node image that the engine has: that of a cluster, else one that is called so. */
export async function nodeImageHere(
  engine: Engine,
  clusters: readonly Cluster[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const [node] = clusters.flatMap(({ nodes }) => nodes);
  if (node) return node.image;
  const images = await explained(() => engine.docker.listImages({ abortSignal: signal }));
  return images.flatMap(({ RepoTags }) => RepoTags ?? []).find((tag) => versionOfImage(tag) !== undefined);
}

/** Two numbers, then the table of `df -Pk`, whose fourth column is what is free in KiB. */
export function parseLook(output: string): InsideFacts | undefined {
  const lines = output.trim().split('\n');
  const [instances, watches] = lines.map(Number);
  const freeKibibytes = Number(lines.at(-1)?.trim().split(/\s+/)[3]);
  if (!instances || !watches || Number.isNaN(freeKibibytes)) return undefined;
  return { instances, watches, freeDisk: freeKibibytes * 1024 };
}
