// Changing a running cluster beside making one of that size, by us and by kind, which has no other way to that size: two workers come
// and one that runs pods goes. `npm run bench:change`
//   --steps: where the time of each change goes
//   --rounds N (1)   --workers N (2: those that it has before)   --image REF   --pod-image REF (an image that is in the node image and has sleep)
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import type { Operation, StepProgress } from '../../shared/model/operation';
import { median, table } from './figures';
import { kindCreates, kindDeletes } from './kind';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
    steps: { type: 'boolean', default: false },
    image: { type: 'string', default: process.env.BOATHOUSE_TEST_NODE_IMAGE ?? 'testbed/node:v1.20.2' },
    'pod-image': { type: 'string', default: 'k8s.gcr.io/kube-proxy:v1.20.2' },
  },
});
const boathouse = join(import.meta.dirname, '../cli/boathouse.js');

/** Pods that would end at once if they were asked, on workers alone. */
const pods = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 4
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{name: web, image: '${values['pod-image']}', imagePullPolicy: Never, command: [sleep, '3600']}]
---
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
`;

const templateOf = (workers: number) => `
apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: bench, title: Bench, description: A control plane and workers}
spec:
  kubernetes: {image: '${values.image}'}
  nodes: [{role: control-plane}, {role: worker, count: ${workers}}]
  manifests: [{name: web, inline: ${JSON.stringify(pods)}, wait: [{rollout: deployment/web}]}]
`;

type Done = Pick<Operation, 'startedAt' | 'endedAt' | 'steps'>;

async function operation(directory: string, ...words: string[]): Promise<Done> {
  const env = { KUBECONFIG: join(directory, 'kubeconfig'), XDG_STATE_HOME: directory };
  const { stdout } = await execa('node', [boathouse, ...words, '--json'], { env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '').operation;
}

const secondsOf = ({ startedAt = 0, endedAt = 0 }: Pick<StepProgress, 'startedAt' | 'endedAt'>) =>
  (endedAt - startedAt) / 1000;

/** The six longest steps, or when each began and ended, seconds after the operation did. */
function stepsOf({ startedAt = 0, steps }: Done): string {
  if (values.steps) {
    const seconds = (moment = Number.NaN) => ((moment - startedAt) / 1000).toFixed(1);
    return steps.map((step) => `\n  ${seconds(step.startedAt)} ${seconds(step.endedAt)} ${step.id}`).join('');
  }
  return [...steps]
    .sort((one, other) => secondsOf(other) - secondsOf(one))
    .slice(0, 6)
    .map((step) => `${step.title} ${secondsOf(step).toFixed(1)}`)
    .join(', ');
}

/** Seconds of a create with as many workers, and of what is done while it stands. */
async function withCluster<Figures>(
  workers: number,
  then: (run: typeof operation, directory: string) => Promise<Figures>,
) {
  const directory = await mkdtemp(join(tmpdir(), 'boathouse-bench-'));
  try {
    const template = join(directory, 'bench.yaml');
    await writeFile(template, templateOf(workers));
    const created = await operation(directory, 'create', cluster, '--template', template);
    return { created: secondsOf(created), ...(await then(operation, directory)) };
  } finally {
    await operation(directory, 'delete', cluster, '--yes');
    await rm(directory, { recursive: true, force: true });
  }
}

const cluster = 'bench-change';
const before = Number(values.workers);

/** Seconds until kind's cluster of the size that ours grows to is Ready; it runs no pods of anybody's. */
async function kindSeconds(): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'boathouse-bench-'));
  const start = performance.now();
  try {
    await kindCreates(cluster, before + 3, values.image, directory);
    return (performance.now() - start) / 1000;
  } finally {
    await kindDeletes(cluster, directory);
    await rm(directory, { recursive: true, force: true });
  }
}

type Figure = 'kind' | 'create' | 'add' | 'remove';
const rows: Record<Figure, number>[] = [];
for (let round = 1; round <= Number(values.rounds); round += 1) {
  const kind = await kindSeconds();
  const { created: create } = await withCluster(before + 2, async () => ({}));
  const { add, remove } = await withCluster(before, async (run, directory) => {
    const added = await run(directory, 'nodes', 'add', cluster, '--count', '2');
    const removed = await run(directory, 'nodes', 'remove', cluster, `${cluster}-worker`);
    console.log(`add: ${stepsOf(added)}\nremove: ${stepsOf(removed)}`);
    return { add: secondsOf(added), remove: secondsOf(removed) };
  });
  rows.push({ kind, create, add, remove });
}
const middle = (field: Figure) => median(rows.map((row) => row[field]));
const [kind, create, add, remove] = [middle('kind'), middle('create'), middle('add'), middle('remove')];
const ratio = (whole: number) => ((add + remove) / whole).toFixed(2);
console.log(
  `\n${cpus().length} cores, ${values.image}, medians of ${values.rounds}, seconds\n${table([
    [`create ${before + 2} workers + 1`, 'kind creates', 'add 2', 'remove 1', 'change / create', 'change / kind'],
    [...[create, kind, add, remove].map((seconds) => seconds.toFixed(1)), ratio(create), ratio(kind)],
  ])}`,
);
