// Boathouse beside the real kind: the same node image, one after the other, until the same end state. `npm run bench:create`
//   --rounds N (3)   --nodes 1,3   --image REF   --pod-image REF (an image that is in the node image and has busybox)
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import type { StepProgress } from '../../shared/model/operation';
import { median, table } from './figures';
import { kindCreates, kindDeletes } from './kind';
import { type Milestones, watchCluster } from './watch-cluster';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    nodes: { type: 'string', default: '1,3' },
    image: { type: 'string', default: process.env.BOATHOUSE_TEST_NODE_IMAGE ?? 'testbed/node:v1.20.2' },
    'pod-image': { type: 'string', default: 'k8s.gcr.io/kube-proxy:v1.20.2' },
  },
});
const boathouse = join(import.meta.dirname, '../cli/boathouse.js');
const templates: Record<number, string> = { 1: 'single', 3: 'three-node' };

interface Run extends Milestones {
  /** When the command returned. */
  exit: number;
  /** Everything: all nodes Ready and DNS answering. */
  end: number;
  steps: StepProgress[];
}

interface Tool {
  name: string;
  create(cluster: string, nodes: number, directory: string): Promise<StepProgress[]>;
  remove(cluster: string, directory: string): Promise<unknown>;
}

const environment = (directory: string) => ({ KUBECONFIG: join(directory, 'kubeconfig'), XDG_STATE_HOME: directory });

const ours: Tool = {
  name: 'boathouse',
  async create(cluster, nodes, directory) {
    const options = ['--template', templates[nodes] ?? 'single', '--image', values.image, '--json'];
    const { stdout } = await execa('node', [boathouse, 'create', cluster, ...options], { env: environment(directory) });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '').operation.steps;
  },
  remove: (cluster, directory) =>
    execa('node', [boathouse, 'delete', cluster, '--yes'], { env: environment(directory) }),
};

const theirs: Tool = {
  name: 'kind',
  async create(cluster, nodes, directory) {
    await kindCreates(cluster, nodes, values.image, directory);
    return [];
  },
  remove: kindDeletes,
};

async function run(tool: Tool, nodes: number): Promise<Run> {
  const cluster = `bench-${tool.name}-${nodes}`;
  const directory = await mkdtemp(join(tmpdir(), 'boathouse-bench-'));
  const start = performance.now();
  try {
    const created = tool.create(cluster, nodes, directory).then((steps) => ({
      steps,
      exit: (performance.now() - start) / 1000,
    }));
    const [command, milestones] = await Promise.all([
      created,
      watchCluster(cluster, nodes, values['pod-image'], start),
    ]);
    return { ...milestones, ...command, end: Math.max(milestones.ready, milestones.dns) };
  } finally {
    await tool.remove(cluster, directory);
    await rm(directory, { recursive: true, force: true });
  }
}

function timeline(steps: readonly StepProgress[]): string {
  const begin = Math.min(...steps.map((step) => step.startedAt ?? Number.POSITIVE_INFINITY));
  const second = (at: number | undefined) => (((at ?? begin) - begin) / 1000).toFixed(1);
  const rows = [...steps]
    .sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0))
    .map((step) => [step.lane, step.title, second(step.startedAt), second(step.endedAt)]);
  return table([['where', 'step', 'start', 'end'], ...rows]);
}

const summary: string[] = [];
for (const nodes of values.nodes.split(',').map(Number)) {
  const results = new Map<Tool, Run[]>([ours, theirs].map((tool) => [tool, []]));
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    // Who goes first alternates, so that a machine that slows down favours nobody.
    for (const tool of round % 2 === 1 ? [ours, theirs] : [theirs, ours]) {
      const result = await run(tool, nodes);
      results.get(tool)?.push(result);
      const { api, ready, dns, exit } = result;
      const figures = { api, ready, dns, exit };
      const words = Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(1)} s`);
      console.log(`${nodes} nodes, round ${round}, ${tool.name}: ${words.join(', ')}`);
    }
  }
  const ourRuns = results.get(ours) ?? [];
  const theirRuns = results.get(theirs) ?? [];
  const middle = (runs: Run[], field: 'api' | 'ready' | 'dns' | 'exit' | 'end') =>
    median(runs.map((one) => one[field]));
  const rows = (['api', 'ready', 'dns', 'exit', 'end'] as const).map((field) => {
    const [mine, other] = [middle(ourRuns, field), middle(theirRuns, field)];
    return [field, mine.toFixed(1), other.toFixed(1), (mine / other).toFixed(2)];
  });
  summary.push(
    `${nodes} nodes, medians of ${values.rounds}, seconds\n${table([['', 'boathouse', 'kind', 'ratio'], ...rows])}`,
  );
  console.log(`\nWhere our last run went (${nodes} nodes)\n${timeline(ourRuns.at(-1)?.steps ?? [])}\n`);
}
console.log(`${cpus().length} cores, ${values.image}\n`);
console.log(summary.join('\n\n'));
