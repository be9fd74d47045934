// What control groups say of containers, and whose they are. Pure.
import type { V1Pod } from '@kubernetes/client-node';
import type { Usage } from '../../../shared/model/node-facts';
import { type Figures, podOf } from './read';

export interface CgroupSample {
  /** Milliseconds, of a clock that only goes on. */
  at: number;
  /** Nanoseconds of CPU since the container began. */
  cpu: number;
  /** Bytes that it uses, without pages of files that nobody does: what kubelets call the working set. */
  memory: number;
}

/** By the containers' ids: lines of an id, nanoseconds, bytes and those of them that are not in use. */
export function readCgroups(text: string, at: number): Map<string, CgroupSample> {
  const samples = new Map<string, CgroupSample>();
  for (const line of text.split('\n')) {
    const [, id = '', cpu, memory, idle] = /^([0-9a-f]{64}) (\d+) (\d+) (\d+)$/.exec(line) ?? [];
    if (id !== '') samples.set(id, { at, cpu: Number(cpu), memory: Math.max(0, Number(memory) - Number(idle)) });
  }
  return samples;
}

/** What was used between two looks. A container that came in between has used all of its CPU since. */
export function containersUse(
  before: ReadonlyMap<string, CgroupSample>,
  now: ReadonlyMap<string, CgroupSample>,
): Map<string, Usage> {
  const [{ at: then } = { at: 0 }] = before.values();
  return new Map(
    [...now].map(([id, { at, cpu, memory }]) => {
      const milliseconds = at - (before.get(id)?.at ?? then);
      const used = cpu - (before.get(id)?.cpu ?? 0);
      return [id, { cpus: milliseconds > 0 && used > 0 ? used / 1e6 / milliseconds : 0, memory }];
    }),
  );
}

/** By `namespace/name`; of pods of which no container is known nothing is said. */
export function podsUse(pods: readonly V1Pod[], usage: ReadonlyMap<string, Usage>): Figures['pods'] {
  return Object.fromEntries(
    pods.flatMap(({ metadata, status }) => {
      const containers = (status?.containerStatuses ?? []).flatMap(({ name, containerID = '' }) => {
        const used = usage.get(containerID.replace(/^.*:\/\//, ''));
        return used ? [[name, used] as const] : [];
      });
      return containers.length === 0 ? [] : [[`${metadata?.namespace}/${metadata?.name}`, podOf(containers)] as const];
    }),
  );
}
