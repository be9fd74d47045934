// Loading images beside the real kind, into the same three nodes: cold, and after one small layer changed. `npm run bench:images`
//   --rounds N (2)   --sizes 170,1000   --cases cold,changed   --cluster NAME (made and deleted when it is not given)
// Images are made of what the engine has: the testbed's registry (160 MB), its node image (950 MB). A byte changes before each round.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { median, table } from './figures';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '2' },
    sizes: { type: 'string', default: '170,1000' },
    cases: { type: 'string', default: 'cold,changed' },
    cluster: { type: 'string' },
  },
});
const kind = process.env.BOATHOUSE_TEST_KIND ?? 'kind';
const nodeImage = process.env.BOATHOUSE_TEST_NODE_IMAGE ?? 'testbed/node:v1.20.2';
const boathouse = join(import.meta.dirname, '../cli/boathouse.js');
const cluster = values.cluster ?? 'bench-images';
const origins: Record<string, string> = { '170': 'testbed/registry:2', '1000': nodeImage };
const directory = await mkdtemp(join(tmpdir(), 'boathouse-bench-'));
/** The command says at its end how much memory it ever had. */
const telling = `data:text/javascript,process.on("exit",()=>process.stderr.write("maxRSS "+process.resourceUsage().maxRSS+"\\n"))`;
const env = {
  XDG_STATE_HOME: directory,
  ...(!values.cluster && { KUBECONFIG: join(directory, 'kubeconfig') }),
  NODE_OPTIONS: `--import=${telling}`,
};

async function run(words: string[]): Promise<{ stdout: string; memory: number }> {
  const { stdout, stderr } = await execa('node', [boathouse, ...words], { env });
  return { stdout, memory: Number(/maxRSS (\d+)/.exec(stderr)?.[1] ?? Number.NaN) / 1024 };
}

const tools = {
  boathouse: async (image: string) => (await run(['images', 'load', cluster, image])).memory,
  kind: async (image: string) => {
    await execa(kind, ['load', 'docker-image', image, '--name', cluster]);
    return Number.NaN;
  },
};
type Tool = keyof typeof tools;

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
    await writeFile(file, `FROM ${origin}\nLABEL salt=${salt}\nCOPY salt /salt\n`);
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
     docker export $container | docker import - ${tag} >/dev/null`,
  ]);
}

const nodes = ['control-plane', 'worker', 'worker2'].map((name) => `${cluster}-${name}`);

/** Every node has the image under its name, by id. */
async function verify(image: string): Promise<void> {
  const id = await docker('image', 'inspect', '--format', '{{.Id}}', image);
  for (const node of nodes) {
    const { stdout } = await execa('docker', [
      'exec',
      node,
      'sh',
      '-c',
      `ctr -n k8s.io content get $(ctr -n k8s.io images ls | sed -n 's#^docker.io/${image} *[^ ]* *\\([^ ]*\\) .*#\\1#p')`,
    ]);
    const found = JSON.parse(stdout).config.digest;
    if (found !== id) throw new Error(`${node} has ${found}, not ${id}`);
  }
}

/** What a load brought goes again, so that the next one is as cold. */
async function clear(): Promise<void> {
  const script = `names=$(ctr -n k8s.io images ls -q | grep -E 'bench-images|import-'); [ -z "$names" ] || ctr -n k8s.io images rm --sync $names >/dev/null; sync`;
  await Promise.all(nodes.map((node) => execa('docker', ['exec', node, 'sh', '-c', script])));
}

interface Figures {
  seconds: number[];
  memory: number[];
}

async function compare(size: string, kindOf: string): Promise<string[][]> {
  const figures: Record<Tool, Figures> = { boathouse: { seconds: [], memory: [] }, kind: { seconds: [], memory: [] } };
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
      const memory = await tools[tool](image);
      const seconds = (performance.now() - start) / 1000;
      await verify(image);
      if (kindOf === 'cold') await clear();
      figures[tool].seconds.push(seconds);
      figures[tool].memory.push(memory);
      console.log(
        `${size} MB, ${kindOf}, round ${round}, ${tool}: ${seconds.toFixed(2)} s, ${memory.toFixed(0)} MB of memory`,
      );
    }
  }
  await clear();
  const [mine, other] = [median(figures.boathouse.seconds), median(figures.kind.seconds)];
  const memory = Math.max(...figures.boathouse.memory);
  return [[`${size} MB, ${kindOf}`, mine.toFixed(2), other.toFixed(2), (mine / other).toFixed(2), memory.toFixed(0)]];
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
  console.log(table([['', 'boathouse', 'kind', 'ratio', 'memory'], ...rows]));
} finally {
  const images = (await docker('images', '-q', 'bench-images/*')).split('\n').filter((id) => id !== '');
  if (images.length > 0) await execa('docker', ['rmi', '-f', ...new Set(images)], { reject: false });
  if (!values.cluster) await run(['delete', cluster, '--yes']).catch(() => {});
  await rm(directory, { recursive: true, force: true });
}
