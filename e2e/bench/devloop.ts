// From a save to the first answer that carries it, through a real dev loop: built, synced, or nothing to do. `npm run bench:devloop`
//   --rounds N (10)   --image REF (of the node)   --cluster NAME (one of kind's or ours that stands; else one is made)
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { createCore } from '../../electron/core/app';
import { connectKube } from '../../electron/core/kube/connect';
import { type Change, type Loop, loopRequestSchema } from '../../shared/model/devloop/loop';
import { applyFeed, emptyFeed } from '../../shared/model/feed';
import { median, table } from './figures';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    image: { type: 'string', default: process.env.BOATHOUSE_TEST_NODE_IMAGE ?? 'testbed/node:v1.20.2' },
    cluster: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const namespace = 'bench-devloop';
const goals = { build: 2.5, sync: 0.6 };
const cluster = values.cluster ?? 'bench-devloop';
const boathouse = join(import.meta.dirname, '../cli/boathouse.js');

const directory = await mkdtemp(join(tmpdir(), 'boathouse-bench-'));
const dir = join(directory, 'project');
const kubeconfig = values.cluster ? (process.env.KUBECONFIG ?? '') : join(directory, 'kubeconfig');
const environment = { ...process.env, KUBECONFIG: kubeconfig };
const project = (sync: string) => `apiVersion: skaffold/v4beta11
kind: Config
metadata: {name: bench}
build:
  artifacts:
    - image: bench-devloop/web
${sync}manifests: {rawYaml: [k8s.yaml]}
`;
const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: bench-devloop/web
          readinessProbe: {httpGet: {path: /page.txt, port: 8080}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`;

if (!values.cluster)
  await execa('node', [boathouse, 'create', cluster, '--template', 'single', '--image', values.image], {
    env: environment,
  });
await mkdir(join(dir, 'src'), { recursive: true });
await writeFile(
  join(dir, 'Dockerfile'),
  'FROM testbed/busybox:1\nWORKDIR /src\nCMD ["busybox", "httpd", "-f", "-p", "8080", "-h", "/src"]\nCOPY src /src\n',
);
await writeFile(join(dir, 'k8s.yaml'), manifest);
await writeFile(join(dir, 'skaffold.yaml'), project(''));
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

let loop: Loop | undefined;
let heard = () => {};
const stop = new AbortController();
async function follow(id: string): Promise<void> {
  let feed = emptyFeed<Loop>();
  for await (const message of await core.client.loops.watch(undefined, { signal: stop.signal })) {
    feed = applyFeed(feed, message, (one) => one.id);
    loop = feed.items.get(id);
    heard();
  }
}
async function until(enough: (loop: Loop) => boolean): Promise<Loop> {
  for (;;) {
    const next = new Promise<void>((resolve) => {
      heard = resolve;
    });
    if (loop && enough(loop)) return loop;
    await next;
  }
}
const settled = (after: number) =>
  until(
    ({ changes, state }) =>
      state === 'watching' && (changes[0]?.number ?? 0) > after && changes[0]?.state !== 'running',
  );

/** Asks through the API server, as often as it answers, until the page says `text`. */
async function served(text: string): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/services/web:80/proxy/page.txt`;
  for (;;) {
    const page = await kube.get<string>(path, AbortSignal.timeout(5000)).catch(() => '');
    if (String(page).trim() === text) return;
    await pause(5);
  }
}

interface Saved {
  readonly seconds: number;
  readonly change: Change | undefined;
}

async function save(text: string): Promise<Saved> {
  const before = loop?.changes[0]?.number ?? 0;
  const begun = performance.now();
  await writeFile(join(dir, 'src/page.txt'), text);
  await served(text);
  const seconds = (performance.now() - begun) / 1000;
  return { seconds, change: (await settled(before)).changes[0] };
}

async function measure(way: 'build' | 'sync'): Promise<boolean> {
  const all: Saved[] = [];
  for (let round = 0; round < rounds; round += 1) all.push(await save(`${way}-${round}-${Date.now()}`));
  const middle = median(all.map(({ seconds }) => seconds));
  const ways = new Set(all.map(({ change }) => change?.way));
  const kinds = [...new Set(all.flatMap(({ change }) => change?.stages.map(({ kind }) => kind) ?? []))];
  const stages = kinds.map((kind) => {
    const times = all.flatMap(({ change }) => change?.stages.filter((one) => one.kind === kind) ?? []);
    return [
      `  ${kind}`,
      (median(times.map(({ startedAt = 0, endedAt = 0 }) => endedAt - startedAt)) / 1000).toFixed(2),
    ];
  });
  const sorted = all.map(({ seconds }) => seconds).sort((one, other) => one - other);
  console.log(
    table([
      [`${way} (${[...ways].join(', ')})`, 'median s', 'fastest', 'slowest', 'goal'],
      [
        'save to served',
        middle.toFixed(2),
        sorted[0]?.toFixed(2) ?? '',
        sorted.at(-1)?.toFixed(2) ?? '',
        `${goals[way]}`,
      ],
      ...stages,
    ]),
  );
  return middle <= goals[way] && ways.size === 1 && ways.has(way);
}

/** Saves the same content once more: no round may come of it. */
async function unchanged(): Promise<boolean> {
  const before = loop?.changes[0]?.number ?? 0;
  const page = await readFile(join(dir, 'src/page.txt'));
  for (let round = 0; round < 3; round += 1) await writeFile(join(dir, 'src/page.txt'), page);
  // What is to be seen is that nothing happens: a build would have begun by then.
  await pause(2000);
  const same = (loop?.changes[0]?.number ?? 0) === before;
  console.log(`a save that changes nothing: ${same ? 'no build' : 'A BUILD'}`);
  return same;
}

let well = true;
try {
  await writeFile(join(dir, 'src/page.txt'), 'first');
  const { id } = await core.client.loops.start(loopRequestSchema.parse({ dir, context: `kind-${cluster}`, namespace }));
  void follow(id).catch(() => {});
  await settled(0);
  await served('first');
  well = (await measure('build')) && well;
  well = (await unchanged()) && well;
  // Rules of syncing make no other image: there is nothing to do but to know them.
  await writeFile(join(dir, 'skaffold.yaml'), project("      sync: {infer: ['src/**']}\n"));
  well = (await measure('sync')) && well;
  await core.client.loops.stop({ id, keep: false });
} finally {
  stop.abort();
  await core.dispose();
  if (!values.cluster) await execa('node', [boathouse, 'delete', cluster, '--yes'], { env: environment });
  await rm(directory, { recursive: true, force: true });
}
process.exit(well ? 0 : 1);
