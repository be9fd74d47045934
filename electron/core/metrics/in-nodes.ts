// What containers use, read in the nodes themselves: their control groups, for clusters whose nodes are containers of this computer's engine.
import type { V1Pod } from '@kubernetes/client-node';
import type { Usage } from '../../../shared/model/node-facts';
import type { Engine } from '../engine/engine';
import { execOrThrow } from '../engine/exec';
import { watchStats } from '../engine/stats';
import type { Kube } from '../kube/connect';
import { pause } from '../live/pause';
import { type CgroupSample, containersUse, podsUse, readCgroups } from './cgroups';
import type { Figures } from './read';

/** The nodes of a cluster that are containers of an engine. */
export interface EngineNodes {
  engine: Engine;
  nodes: readonly { name: string; containerId: string }[];
}

/** Milliseconds between two looks where there was none before: CPU is what was used meanwhile. */
const firstPause = 1_000;

/**
 * Of each container a line: its id, nanoseconds of CPU, bytes of memory, those of them that nobody uses. Of both versions of control
 * groups, and without a process for each. containerd, cri-o and docker call a group after the container's id, with something around it.
 */
const script = `
cd /sys/fs/cgroup || exit 1
held() { while read -r key value; do [ "$key" = "$1" ] && echo "$value" && return; done; echo 0; }
groups() { find "$1" -type d 2>/dev/null | grep -E '/([a-z]+-)*[0-9a-f]{64}([.]scope)?$'; }
short() { id=\${1##*/}; id=\${id%.scope}; id=\${id##*-}; }
if [ -e cgroup.controllers ]; then
  groups . | while read -r dir; do
    short "$dir"; read -r _ micros <"$dir/cpu.stat" && read -r memory <"$dir/memory.current" || continue
    echo "$id \${micros}000 $memory $(held inactive_file <"$dir/memory.stat")"
  done
else
  groups memory | while read -r dir; do
    short "$dir"; read -r nanos <"cpuacct\${dir#memory}/cpuacct.usage" && read -r memory <"$dir/memory.usage_in_bytes" || continue
    echo "$id $nanos $memory $(held total_inactive_file <"$dir/memory.stat")"
  done
fi 2>/dev/null`;

/** Looks into nodes again and again; what was found the time before is what CPU is reckoned from. */
export function createNodeReader() {
  let last = new Map<string, CgroupSample>();

  async function look({ engine, nodes }: EngineNodes, signal: AbortSignal): Promise<Map<string, CgroupSample>> {
    const found = await Promise.all(
      nodes.map(async ({ containerId }) => {
        const { stdout } = await execOrThrow(engine, containerId, ['sh', '-c', script], { signal });
        return readCgroups(stdout, performance.now());
      }),
    );
    return new Map(found.flatMap((samples) => [...samples]));
  }

  return {
    /** Throws what the engine says where no node can be looked into. What Kubernetes does not tell of is left out. */
    async read(kube: Kube, of: EngineNodes, signal: AbortSignal): Promise<Figures> {
      const pods = kube
        .get<{ items: V1Pod[] }>('/api/v1/pods', signal)
        .then(({ items }) => items)
        .catch((): V1Pod[] => []);
      const nodes = Promise.all(
        of.nodes.map(
          async ({ name, containerId }) => [name, await usageOfNode(of.engine, containerId, signal)] as const,
        ),
      );
      if (last.size === 0) {
        last = await look(of, signal);
        await pause(firstPause, signal);
      }
      const before = last;
      last = await look(of, signal);
      const known = (await nodes).flatMap(([name, usage]) => (usage ? [[name, usage] as const] : []));
      return { nodes: Object.fromEntries(known), pods: podsUse(await pods, containersUse(before, last)) };
    },
  };
}

async function usageOfNode(engine: Engine, container: string, signal: AbortSignal): Promise<Usage | undefined> {
  for await (const usage of watchStats(engine, container, signal)) return usage;
  return undefined;
}
