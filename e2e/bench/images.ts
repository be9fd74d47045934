// Loading images beside the real kind, into the same three nodes: cold, and after one small layer changed. `npm run bench:images`
//   --rounds N (2)   --sizes 170,1000   --cases cold,changed   --cluster NAME (made and deleted when it is not given)
//   --steps: where the time of each load goes   --push: beside a change, its push through the local registry until a pod runs from it
// The engine is that of DOCKER_HOST.
// Images are made of what the engine has: the testbed's registry (160 MB), its node image (950 MB). A byte changes before each round.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import type { Operation } from '../../shared/model/operation';
import { median, table } from './figures';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '2' },
    sizes: { type: 'string', default: '170,1000' },
    cases: { type: 'string', default: 'cold,changed' },
    cluster: { type: 'string' },
    steps: { type: 'boolean', default: false },
    push: { type: 'boolean', default: false },
  },
});
const kind = process.env.BOATHOUSE_TEST_KIND ?? 'kind';
const nodeImage = process.env.BOATHOUSE_TEST_NODE_IMAGE ?? 'testbed/node:v1.20.2';
const boathouse = join(import.meta.dirname, '../cli/boathouse.js');
const cluster = values.cluster ?? 'bench-images';
const origins: Record<string, string> = { '170': 'testbed/registry:2', '1000': nodeImage };
/** On every image that is made here, also on those that lost their name to the next. */
const label = 'boathouse-bench-images';
const directory = await mkdtemp(join(tmpdir(), 'boathouse-bench-'));
/** The command says at its end how much memory it ever had, and how much of the time it computed itself. */
const telling = join(directory, 'telling.mjs');
await writeFile(
  telling,
  `process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    process.stderr.write('used ' + maxRSS / 1024 + ' ' + (userCPUTime + systemCPUTime) / 1e6 + '\\n');
  });\n`,
);
const env = {
  XDG_STATE_HOME: directory,
  ...(!values.cluster && { KUBECONFIG: join(directory, 'kubeconfig') }),
  NODE_OPTIONS: `--import=${pathToFileURL(telling)}`,
};

interface Used {
  /** Megabytes at the peak. */
  memory: number;
  /** Seconds. */
  cpu: number;
}

interface Load extends Used {
  /** Seconds of the operation alone, as with an app that is open already: without the start of a program. */
  operation: number;
}

async function run(words: string[]): Promise<Used & { stdout: string }> {
  const { stdout, stderr } = await execa('node', [boathouse, ...words], { env });
  const [, memory, cpu] = /used (\S+) (\S+)/.exec(stderr) ?? [];
  return { stdout, memory: Number(memory), cpu: Number(cpu) };
}

const tools = {
  boathouse: async (image: string): Promise<Load | undefined> => {
    const { stdout, ...used } = await run(['images', 'load', cluster, image, '--json']);
    const { operation } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { operation: Operation };
    if (values.steps) console.log(stepsOf(operation));
    return { ...used, operation: ((operation.endedAt ?? Number.NaN) - operation.queuedAt) / 1000 };
  },
  kind: async (image: string): Promise<Load | undefined> => {
    await execa(kind, ['load', 'docker-image', image, '--name', cluster]);
    return undefined;
  },
};
type Tool = keyof typeof tools;

/** When each step of an operation began and ended, seconds after it was asked for. */
function stepsOf({ queuedAt, steps }: Operation): string {
  const seconds = (moment = Number.NaN) => ((moment - queuedAt) / 1000).toFixed(2);
  return steps.map(({ id, startedAt, endedAt }) => `  ${seconds(startedAt)} ${seconds(endedAt)} ${id}`).join('\n');
}

let salts = 0;
const docker = async (...words: string[]) => (await execa('docker', words)).stdout.trim();

/** An image of one layer that no node has, or of a known one and a small one on top. */
async function makeImage(size: string, kindOf: string): Promise<string> {
  salts += 1;
  const tag = `bench-images/${kindOf}-${size}:latest`;
  const salt = `${Date.now()}-${salts}`;
  const origin = kindOf === 'cold' ? (origins[size] ?? '') : `bench-images/base-${size}:latest`;
  if (kindOf === 'changed') {
    const file = join(directory, 'Dockerfile');
    await writeFile(file, `FROM ${origin}\nLABEL ${label}=${salt}\nCOPY salt /salt\n`);
    await writeFile(join(directory, 'salt'), salt);
    await docker('build', '-q', '-t', tag, '-f', file, directory);
    return tag;
  }
  await flatten(origin, tag, salt);
  return tag;
}

/** One layer out of all, with a file of its own at its end, so that its digest is new. */
async function flatten(origin: string, tag: string, salt: string): Promise<void> {
  const folder = join(directory, 'salted');
  await execa('bash', [
    '-ec',
    `container=$(docker create --entrypoint /none ${origin})
     trap 'docker rm $container >/dev/null' EXIT
     mkdir -p ${folder}; echo ${salt} >${folder}/salt-of-the-bench
     docker cp ${folder}/salt-of-the-bench $container:/salt-of-the-bench
     docker export $container | docker import -c 'LABEL ${label}=${salt}' - ${tag} >/dev/null`,
  ]);
}

const nodes = ['control-plane', 'worker', 'worker2'].map((name) => `${cluster}-${name}`);

/** Every node has the image under its name, by its layers: what an engine calls an image's id depends on its store. */
async function verify(image: string): Promise<void> {
  const layers = await docker('image', 'inspect', '--format', '{{json .RootFS.Layers}}', image);
  for (const node of nodes) {
    const { stdout } = await execa('docker', ['exec', node, 'sh', '-c', layersOf, 'layers-of', image]);
    const found = JSON.stringify(JSON.parse(stdout).rootfs.diff_ids);
    if (found !== layers) throw new Error(`${node} has ${found}, not ${layers}`);
  }
}

/** Prints the configuration of `$1` on a node, through an index where there is one. */
const layersOf = `
digest=$(ctr -n k8s.io images ls | sed -n "s#^docker.io/$1 *[^ ]* *\\([^ ]*\\) .*#\\1#p")
for step in index manifest; do
  content=$(ctr -n k8s.io content get "$digest" | tr -d ' \\n')
  case $content in
    *'"rootfs":'*) break ;;
    *'"manifests":'*) digest=$(echo "$content" | sed 's/.*"manifests":\\[{[^}]*"digest":"\\([^"]*\\)".*/\\1/') ;;
    *) digest=$(echo "$content" | sed 's/.*"config":{[^}]*"digest":"\\([^"]*\\)".*/\\1/') ;;
  esac
done
ctr -n k8s.io content get "$digest"`;

/** What loads brought goes at last; while a disk is still freeing much, figures mean nothing. Kubelets name images by their id, too. */
async function clear(): Promise<void> {
  const script = `names=$(ctr -n k8s.io images ls | sed 1d | awk '
    $1 ~ /^sha256:/ { ids[$1] = $3; next }
    $1 ~ /bench-images|import-/ { print $1; next }
    { kept[$3] }
    END { for (id in ids) if (!(ids[id] in kept)) print id }')
  [ -z "$names" ] || ctr -n k8s.io images rm --sync $names >/dev/null; sync`;
  await Promise.all(nodes.map((node) => execa('docker', ['exec', node, 'sh', '-c', script])));
}

/** Pushes an image to the local registry, and waits until one pod runs from it. Seconds. */
async function pushAndRun(image: string, address: string): Promise<number> {
  const pushed = `${address}/${image}`;
  await docker('tag', image, pushed);
  const kubectl = (...words: string[]) =>
    docker('exec', nodes[0] ?? '', 'kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf', ...words);
  const start = performance.now();
  await docker('push', '-q', pushed);
  await kubectl('run', 'pushed', `--image=${pushed}`, '--restart=Never', '--command', '--', 'sleep', '600');
  await kubectl('wait', 'pod/pushed', '--for=condition=Ready', '--timeout=300s');
  const seconds = (performance.now() - start) / 1000;
  await kubectl('delete', 'pod', 'pushed', '--now');
  await docker('rmi', pushed);
  return seconds;
}

/** The change's way through the local registry, which has what came before the change, and so has a node. */
async function comparePush(size: string): Promise<string[][]> {
  const before = await docker('ps', '-aq', '--filter', 'name=^boathouse-registry$');
  if (before === '') await run(['registry', 'create']);
  await run(['registry', 'connect', cluster]);
  const address = `localhost:${(await docker('port', 'boathouse-registry', '5000')).split(':').at(-1)}`;
  try {
    await pushAndRun(`bench-images/base-${size}:latest`, address);
    const seconds: number[] = [];
    for (let round = 1; round <= Number(values.rounds); round += 1) {
      seconds.push(await pushAndRun(await makeImage(size, 'changed'), address));
      console.log(`${size} MB, changed, round ${round}, pushed and run by one pod: ${seconds.at(-1)?.toFixed(2)} s`);
    }
    return [[`${size} MB, pushed and run by one pod`, '', median(seconds).toFixed(2), '', '', '']];
  } finally {
    await run(['registry', 'disconnect', cluster]);
    if (before === '') await run(['registry', 'delete', '--yes']);
  }
}

interface Figures {
  seconds: number[];
  operations: number[];
  memory: number[];
}

async function compare(size: string, kindOf: string): Promise<string[][]> {
  const none = (): Figures => ({ seconds: [], operations: [], memory: [] });
  const figures: Record<Tool, Figures> = { boathouse: none(), kind: none() };
  if (kindOf === 'changed') {
    const base = `bench-images/base-${size}:latest`;
    await flatten(origins[size] ?? '', base, `base-${Date.now()}`);
    await tools.boathouse(base);
  }
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    const order: Tool[] = round % 2 === 1 ? ['boathouse', 'kind'] : ['kind', 'boathouse'];
    for (const tool of order) {
      const image = await makeImage(size, kindOf);
      const start = performance.now();
      const used = await tools[tool](image);
      const seconds = (performance.now() - start) / 1000;
      await verify(image);
      if (kindOf === 'cold') await Promise.all(nodes.map((node) => execa('docker', ['exec', node, 'sync'])));
      figures[tool].seconds.push(seconds);
      if (used) {
        figures[tool].memory.push(used.memory);
        figures[tool].operations.push(used.operation);
      }
      const own = used ? `, ${used.memory.toFixed(0)} MB of memory, ${used.cpu.toFixed(2)} s of them computing` : '';
      console.log(`${size} MB, ${kindOf}, round ${round}, ${tool}: ${seconds.toFixed(2)} s${own}`);
    }
  }
  const pushes = kindOf === 'changed' && values.push ? await comparePush(size) : [];
  const [mine, other] = [median(figures.boathouse.seconds), median(figures.kind.seconds)];
  const operation = median(figures.boathouse.operations);
  const memory = Math.max(...figures.boathouse.memory);
  const ratios = `${(operation / other).toFixed(2)}, ${(mine / other).toFixed(2)}`;
  return [
    [`${size} MB, ${kindOf}`, operation.toFixed(2), mine.toFixed(2), other.toFixed(2), ratios, memory.toFixed(0)],
    ...pushes,
  ];
}

try {
  if (!values.cluster)
    await run([
      'create',
      cluster,
      '--template',
      'three-node',
      '--image',
      nodeImage,
      '--sample-image',
      'testbed/busybox:1',
    ]);
  const idle = (await run(['images', 'list'])).memory;
  const rows: string[][] = [];
  for (const size of values.sizes.split(',')) {
    for (const kindOf of values.cases.split(',')) rows.push(...(await compare(size, kindOf)));
  }
  console.log(
    `\nMedians of ${values.rounds} rounds, seconds; peak memory in MB, ${idle.toFixed(0)} of it for a command that loads nothing\n`,
  );
  console.log(table([['', 'in an open app', 'from a terminal', 'kind', 'ratios', 'memory'], ...rows]));
} finally {
  await clear().catch(() => {});
  const images = (await docker('images', '-qa', '--filter', `label=${label}`)).split('\n').filter((id) => id !== '');
  if (images.length > 0) await execa('docker', ['rmi', '-f', ...new Set(images)], { reject: false });
  if (!values.cluster) await run(['delete', cluster, '--yes']).catch(() => {});
  await rm(directory, { recursive: true, force: true });
}
