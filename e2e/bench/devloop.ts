// From a save to the first answer that carries it, through a real dev loop: built, synced, or nothing to do; and what watching costs. `npm run bench:devloop`
//   --rounds N (10)   --image REF (of the node)   --cluster NAME (one of kind's or ours that stands; else one is made)
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { createCore } from '../../electron/core/app';
import { connectKube } from '../../electron/core/kube/connect';
import {
  createDevProject,
  type DevProject,
  type FollowedLoop,
  followLoop,
  skaffold,
} from '../../electron/core/testing/dev-project';
import { type Change, loopRequestSchema } from '../../shared/model/devloop/loop';
import { median, table } from './figures';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    image: { type: 'string', default: process.env.BOATHOUSE_TEST_NODE_IMAGE ?? 'testbed/node:v1.20.2' },
    cluster: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const goals = { build: 2.5, sync: 0.6, idle: 0.01 };
/** Files that are watched while nothing happens, and milliseconds for which that is looked at. */
const many = { files: 20_000, time: 30_000 };
const cluster = values.cluster ?? 'bench-devloop';
const boathouse = join(import.meta.dirname, '../cli/boathouse.js');
const ours = { namespace: 'bench-devloop', image: 'bench-devloop/web' };
const theirs = { namespace: 'bench-devloop-skaffold', image: 'bench-devloop/skaffold' };
const programs = { skaffold: 'skaffold', kubectl: process.env.BOATHOUSE_TEST_KUBECTL || 'kubectl' };
const inferred = "{infer: ['src/**']}";

const directory = await mkdtemp(join(tmpdir(), 'boathouse-bench-'));
const kubeconfig = values.cluster ? (process.env.KUBECONFIG ?? '') : join(directory, 'kubeconfig');
const environment = { ...process.env, KUBECONFIG: kubeconfig };
if (!values.cluster)
  await execa('node', [boathouse, 'create', cluster, '--template', 'single', '--image', values.image], {
    env: environment,
  });
const core = await createCore({
  environment,
  homeDirectory: directory,
  platform: process.platform,
  directories: { config: join(directory, 'config'), state: join(directory, 'state'), cache: join(directory, 'cache') },
  resources: resolve(import.meta.dirname, '../../resources'),
  version: 'bench',
  shell: 'terminal',
  log: (line) => console.error(line),
});
const kube = await connectKube(await readFile(kubeconfig, 'utf8'));

/** Asks through the API server, again and again, until the page says `text`; at most two minutes. */
async function served(text: string, namespace: string): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/services/web:80/proxy/page.txt`;
  const over = AbortSignal.timeout(120_000);
  while (!over.aborted) {
    const page = await kube.get<string>(path, AbortSignal.timeout(5000)).catch(() => '');
    if (String(page).trim() === text) return;
    // Asking takes the computer's time, too.
    await pause(40);
  }
  throw new Error(`It was not served: ${text}`);
}

/** Seconds from the save to the first answer that carries it. */
async function save(project: DevProject, namespace: string, text: string): Promise<number> {
  const begun = performance.now();
  await project.page(text);
  await served(text, namespace);
  return (performance.now() - begun) / 1000;
}

async function change(loop: FollowedLoop, after: number): Promise<Change> {
  const [last] = (await loop.settled(after)).changes;
  if (last?.state === 'done') return last;
  throw new Error(`The change failed: ${JSON.stringify(last)}`);
}

/** Beside us on the same cluster, where its program is there; undefined where it is not. */
async function startSkaffold(): Promise<{ project: DevProject; stop(): Promise<void> } | undefined> {
  const there = await execa(programs.skaffold, ['version'], { reject: false });
  if (there.exitCode !== 0) {
    console.log('skaffold: not on the PATH, so nothing is compared with it');
    return undefined;
  }
  const project = await createDevProject(join(directory, 'skaffold'), theirs.image, 'first');
  await execa(programs.kubectl, ['--context', `kind-${cluster}`, 'create', 'namespace', theirs.namespace], {
    env: environment,
  });
  const place = ['--kube-context', `kind-${cluster}`, '--namespace', theirs.namespace];
  const dev = execa(programs.skaffold, ['dev', ...place, '--tail=false', '--port-forward=off'], {
    cwd: project.dir,
    env: environment,
    reject: false,
    stdout: 'ignore',
    stderr: 'inherit',
  });
  await served('first', theirs.namespace);
  console.log(`skaffold ${there.stdout.trim()}`);
  return {
    project,
    async stop() {
      dev.kill('SIGINT');
      await dev;
    },
  };
}

interface Measured {
  readonly loop: FollowedLoop;
  readonly project: DevProject;
  readonly beside: DevProject | undefined;
}

async function measure(way: 'build' | 'sync', { loop, project, beside }: Measured): Promise<boolean> {
  const times: number[] = [];
  const others: number[] = [];
  const changes: Change[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const text = `${way}-${round}-${Date.now()}`;
    const before = loop.now()?.changes[0]?.number ?? 0;
    times.push(await save(project, ours.namespace, text));
    changes.push(await change(loop, before));
    if (beside) others.push(await save(beside, theirs.namespace, text));
  }
  const ways = new Set(changes.map((one) => one.way));
  const kinds = [...new Set(changes.flatMap(({ stages }) => stages.map(({ kind }) => kind)))];
  const stages = kinds.map((kind) => {
    const all = changes.flatMap((one) => one.stages.filter((stage) => stage.kind === kind));
    const seconds = all.map(({ startedAt = 0, endedAt = 0 }) => (endedAt - startedAt) / 1000);
    return [`  ${kind}`, ...summary(seconds), ''];
  });
  const rows = [
    [`${way} (${[...ways].join(', ')})`, 'median s', 'fastest', 'slowest', 'goal'],
    ['save to served', ...summary(times), `${goals[way]}`],
    ...stages,
  ];
  if (beside) rows.push(['skaffold, save to served', ...summary(others), '']);
  console.log(table(rows));
  if (beside) console.log(`skaffold takes ${(median(others) / median(times)).toFixed(1)} times as long`);
  return median(times) <= goals[way] && ways.size === 1 && ways.has(way);
}

function summary(seconds: readonly number[]): string[] {
  return [median(seconds), Math.min(...seconds), Math.max(...seconds)].map((one) => one.toFixed(2));
}

/** Saves the same content again: no round may come of it. */
async function unchanged({ loop, project }: Measured): Promise<boolean> {
  const before = loop.now()?.changes[0]?.number ?? 0;
  const page = await readFile(join(project.dir, 'src/page.txt'), 'utf8');
  for (let round = 0; round < 3; round += 1) await project.page(page);
  // What is to be seen is that nothing happens: a build would have begun by then.
  await pause(2000);
  const same = (loop.now()?.changes[0]?.number ?? 0) === before;
  console.log(`a save that changes nothing: ${same ? 'no build' : 'A BUILD'}`);
  return same;
}

/** What of a core this process takes, the loop's core with all its watches, while nothing happens. */
async function idle({ loop, project }: Measured): Promise<boolean> {
  for (let folder = 0; folder < many.files / 200; folder += 1) {
    const names = Array.from({ length: 200 }, (_, index) => `src/many/${folder}/${index}`);
    await Promise.all(names.map((path) => project.write(path, path)));
  }
  await loop.until(
    ({ state, watching, changes }) =>
      state === 'watching' && watching.files >= many.files && changes[0]?.state === 'done',
  );
  const [before, begun] = [process.cpuUsage(), performance.now()];
  await pause(many.time);
  const { user, system } = process.cpuUsage(before);
  const share = (user + system) / 1000 / (performance.now() - begun);
  const { files, way } = loop.now()?.watching ?? {};
  console.log(
    `idle while watching ${files} files by ${way}: ${(share * 100).toFixed(2)} % of a core (goal: under 1 %)`,
  );
  return share < goals.idle;
}

let well = true;
let beside: Awaited<ReturnType<typeof startSkaffold>>;
try {
  const project = await createDevProject(join(directory, 'project'), ours.image, 'first');
  const request = { dir: project.dir, context: `kind-${cluster}`, namespace: ours.namespace };
  const { id } = await core.client.loops.start(loopRequestSchema.parse(request));
  const loop = followLoop(core.client, id);
  await change(loop, 0);
  await served('first', ours.namespace);
  beside = await startSkaffold();
  const measured = { loop, project, beside: beside?.project };
  well = (await measure('build', measured)) && well;
  well = (await unchanged(measured)) && well;
  // Rules of syncing make no other image: there is nothing to do but to know them.
  await project.write('skaffold.yaml', skaffold(ours.image, inferred));
  await beside?.project.write('skaffold.yaml', skaffold(theirs.image, inferred));
  // They are read when a look at the files has ended, of which nothing is seen.
  await pause(1000);
  well = (await measure('sync', measured)) && well;
  well = (await idle(measured)) && well;
  await core.client.loops.stop({ id, keep: false });
  loop.close();
} finally {
  await beside?.stop();
  await core.dispose();
  if (values.cluster) {
    const made = [ours.namespace, theirs.namespace].map((name) => `namespace/${name}`);
    await execa(
      programs.kubectl,
      ['--context', `kind-${cluster}`, 'delete', '--ignore-not-found', '--wait=false', ...made],
      {
        env: environment,
      },
    );
  } else await execa('node', [boathouse, 'delete', cluster, '--yes'], { env: environment });
  await rm(directory, { recursive: true, force: true });
}
process.exit(well ? 0 : 1);
