// The stand-in's most crowded world: everything as many and as long as it may be.
import type { Cluster } from '../../shared/model/cluster';
import type { Operation } from '../../shared/model/operation';
import { detailed } from './stand-in-details';
import { failedAt } from './stand-in-plan';
import { populated, sampleCluster, sampleCreate, type World } from './stand-in-worlds';

/** As long as the name of a cluster may be. */
const longName = 'the-quarterly-conference-workshop-of-the-harbour';
const label = (start: string) => `${start}-${'x'.repeat(62 - start.length)}`;

const longError: NonNullable<Operation['error']> = {
  code: 'control-plane-failed',
  message: `The API server on ${longName}-control-plane stopped right after its start, ${'again and again, '.repeat(20)}and was given up`,
  detail: Array.from(
    { length: 40 },
    (_none, line) =>
      `E0314 09:27:${String(10 + line)}.204311 1 run.go:72] "command failed" err="${'too many open files '.repeat(3)}"`,
  )
    .join('\n')
    .slice(0, 4000),
  hints: [
    { text: 'The kernel lets this user watch 128 files at a time; three nodes need more.' },
    { text: 'Raise the limit', action: { call: 'diagnostics.fix', input: { id: 'inotify' } } },
  ],
};

/** Thirty clusters, one of them with twenty nodes, whose labels are as long as labels may be, and a failure that says a lot. */
export function crowded(): World {
  const names = Array.from(
    { length: 29 },
    (_none, index) => `${longName.slice(0, 45)}-${String(index).padStart(2, '0')}`,
  );
  const states = ['running', 'stopped', 'paused', 'degraded'] as const;
  const big = sampleCluster(longName, 'running', 19, { current: true });
  const clusters: Cluster[] = [
    big,
    ...names.map((name, index) => sampleCluster(name, states[index % 4] ?? 'running', index % 4)),
  ];
  const closely = detailed(big);
  const nodes = closely.nodes.map((node) => ({
    ...node,
    ...(node.kubernetes && {
      kubernetes: { ...node.kubernetes, labels: { ...node.kubernetes.labels, [label('tier')]: label('value') } },
    }),
  }));
  const failed = failedAt(sampleCreate(longName, Date.now() - 60_000, 100), 'control-plane-start', longError);
  const world = populated({ clusters, operations: [failed] });
  return { ...world, details: { ...world.details, [longName]: { ...closely, nodes } } };
}
