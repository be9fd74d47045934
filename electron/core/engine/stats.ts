// What a container uses, about once a second: the engine's statistics as `docker stats` reckons them.
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Usage } from '../../../shared/model/node-facts';
import type { Engine } from './engine';
import { engineFailure } from './failures';
import { readJsonLines } from './json-lines';

const processorSchema = z.object({
  cpu_usage: z.object({ total_usage: z.number(), percpu_usage: z.array(z.number()).nullish() }),
  system_cpu_usage: z.number().optional(),
  online_cpus: z.number().optional(),
});

const statsSchema = z.object({
  cpu_stats: processorSchema,
  precpu_stats: processorSchema,
  memory_stats: z.object({ usage: z.number().optional(), stats: z.record(z.string(), z.number()).nullish() }),
});

/** Yields until the container stops or is gone, or until aborted. Throws what `engineFailure` knows. */
export async function* watchStats(engine: Engine, container: string, signal: AbortSignal): AsyncGenerator<Usage> {
  try {
    // dockerode's types do not know that it can be aborted.
    const options = { stream: true, abortSignal: signal } as { stream: true };
    const stream = (await engine.docker.getContainer(container).stats(options)) as IncomingMessage;
    for await (const value of readJsonLines(stream, { signal })) {
      const usage = usageOf(value);
      if (usage) yield usage;
    }
  } catch (error) {
    if (!signal.aborted) throw engineFailure(error);
  }
}

/**
 * docker 28 (cli/command/container/stats_helpers.go): the container's share of the system's time since the sample before, times the
 * processors; memory without the file pages that nobody uses (`inactive_file`, in cgroup v1 `total_inactive_file`).
 * Undefined for the first sample, which has none before it, and for a container that does not run.
 */
export function usageOf(sample: unknown): Usage | undefined {
  const parsed = statsSchema.safeParse(sample);
  if (!parsed.success) return undefined;
  const { cpu_stats: now, precpu_stats: before, memory_stats: memory } = parsed.data;
  if (memory.usage === undefined || now.system_cpu_usage === undefined || !before.system_cpu_usage) return undefined;
  const system = now.system_cpu_usage - before.system_cpu_usage;
  const own = now.cpu_usage.total_usage - before.cpu_usage.total_usage;
  const processors = now.online_cpus || now.cpu_usage.percpu_usage?.length || 1;
  const idle = memory.stats?.total_inactive_file ?? memory.stats?.inactive_file ?? 0;
  return {
    cpus: system > 0 && own > 0 ? (own / system) * processors : 0,
    memory: Math.max(0, memory.usage - idle),
  };
}
