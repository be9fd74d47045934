// The engine's samples as processors and bytes in use.
import { expect, test } from 'vitest';
import { usageOf } from './stats';

const processor = (own: number, system?: number, more = {}) => ({
  cpu_usage: { total_usage: own },
  ...(system !== undefined && { system_cpu_usage: system }),
  online_cpus: 4,
  ...more,
});
const memory = { usage: 900, stats: { inactive_file: 300 } };

test('the share of the time since the sample before, times the processors', () => {
  const sample = { cpu_stats: processor(1_500, 12_000), precpu_stats: processor(1_000, 8_000), memory_stats: memory };
  expect(usageOf(sample)).toEqual({ cpus: 0.5, memory: 600 });
});

test('cgroup v1 calls the idle pages otherwise, and older engines count processors only by their times', () => {
  const old = { online_cpus: 0, cpu_usage: { total_usage: 2_000, percpu_usage: [1, 1] } };
  const sample = {
    cpu_stats: processor(0, 12_000, old),
    precpu_stats: processor(1_000, 8_000),
    memory_stats: { usage: 900, stats: { total_inactive_file: 100, inactive_file: 50 } },
  };
  expect(usageOf(sample)).toEqual({ cpus: 0.5, memory: 800 });
});

test.each([
  ['the first sample', { cpu_stats: processor(1, 1), precpu_stats: processor(0), memory_stats: memory }],
  ['a container that does not run', { cpu_stats: processor(0), precpu_stats: processor(0), memory_stats: {} }],
  ['something else', { hello: 'there' }],
])('%s says nothing', (_what, sample) => {
  expect(usageOf(sample)).toBeUndefined();
});
