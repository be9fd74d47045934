// For tests: runs the real kind until it has printed the kubeadm configuration of every node, and no further.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Docker from 'dockerode';
import { packFiles } from '../../../../engine/archive';

const environment = process.env;
const engine = environment.BOATHOUSE_TEST_ENGINE ?? 'unix:///var/run/docker.sock';
const program = environment.BOATHOUSE_TEST_KIND ?? join(homedir(), '.cache/boathouse-testbed/bin/kind');
export const nodeImage = environment.BOATHOUSE_TEST_NODE_IMAGE ?? 'testbed/node:v1.20.2';
export const docker = new Docker({ socketPath: engine.replace(/^unix:\/\//, '') });

/** What is missing for tests with the real kind; undefined when all is there. */
export async function whatIsMissing(): Promise<string | undefined> {
  if (
    !(await access(program).then(
      () => true,
      () => false,
    ))
  )
    return `no kind program at ${program}`;
  const answers = await docker.ping().then(
    () => true,
    () => false,
  );
  if (!answers) return `no Docker Engine answers at ${engine}`;
  const image = await docker
    .getImage(nodeImage)
    .inspect()
    .then(
      () => true,
      () => false,
    );
  return image ? undefined : `no node image ${nodeImage}`;
}

export interface ThrowAwayImage {
  readonly reference: string;
  remove(): Promise<void>;
}

async function commit(container: Docker.Container, tag: string): Promise<ThrowAwayImage> {
  const { Config } = await docker.getImage(nodeImage).inspect();
  await container.commit({ repo: 'bh-compare/node', tag, changes: `ENTRYPOINT ${JSON.stringify(Config.Entrypoint)}` });
  const reference = `bh-compare/node:${tag}`;
  return { reference, remove: async () => void (await docker.getImage(reference).remove({ force: true })) };
}

async function madeFrom(
  options: Docker.ContainerCreateOptions,
  tag: string,
  change: (container: Docker.Container) => Promise<unknown>,
): Promise<ThrowAwayImage> {
  const container = await docker.createContainer(options);
  try {
    await change(container);
    return await commit(container, tag);
  } finally {
    await container.remove({ v: true, force: true });
  }
}

/** The node image without its preloaded images, which the engine would copy into every node. */
export async function lightNodeImage(): Promise<ThrowAwayImage> {
  const options = { Image: nodeImage, Entrypoint: ['rm', '-rf', '/var/lib/containerd'] };
  return madeFrom(options, 'light', async (container) => {
    await container.start();
    await container.wait();
  });
}

/** A throw-away node image whose `/kind/version` says `version`: kind looks nowhere else. */
export async function imageSaying(version: string, base: string): Promise<ThrowAwayImage> {
  const archive = await packFiles([{ path: '/kind/version', content: `${version}\n` }]);
  return madeFrom({ Image: base }, version, (container) => container.putArchive(archive, { path: '/' }));
}

export interface KindRun {
  /** The printed configuration by node name. */
  readonly configurations: ReadonlyMap<string, string>;
  readonly containers: readonly Docker.ContainerInspectInfo[];
}

export interface KindCluster {
  readonly name: string;
  readonly image: string;
  readonly workerLabels?: Readonly<Record<string, string>>;
  /** Further fields of its configuration, and of a node by its role. */
  readonly config?: object | undefined;
  readonly nodes?: Readonly<Partial<Record<'control-plane' | 'worker', object>>> | undefined;
}

async function run(args: string[], cwd: string): Promise<void> {
  const child = spawn(program, args, { env: kindEnvironment(cwd), stdio: 'ignore' });
  await once(child, 'exit');
}

function kindEnvironment(directory: string): NodeJS.ProcessEnv {
  return { ...environment, DOCKER_HOST: engine, KUBECONFIG: join(directory, 'kubeconfig') };
}

const announcement = /Using the following kubeadm config for node (\S+):$/;
const anotherMessage = /^(DEBUG:| [✓✗•])/;

/** Reads kind's log up to the end of the last configuration. */
async function readConfigurations(child: ChildProcess, count: number): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  let node: string | undefined;
  const log: string[] = [];
  if (!child.stderr) throw new Error('kind was started without a pipe for its log');
  for await (const line of createInterface({ input: child.stderr })) {
    log.push(line);
    const announced = announcement.exec(line)?.[1];
    if (announced !== undefined || anotherMessage.test(line)) {
      if (announced === undefined && texts.size === count) return texts;
      node = announced;
      if (node) texts.set(node, '');
    } else if (node) {
      texts.set(node, `${texts.get(node)}${line}\n`);
    }
  }
  throw new Error(`kind ended before it printed ${count} configurations:\n${log.join('\n')}`);
}

/** Lets kind create the cluster until every node's configuration is printed, then deletes what it made. */
export async function kindUpToConfiguration(cluster: KindCluster): Promise<KindRun> {
  const directory = await mkdtemp(join(tmpdir(), 'boathouse-kind-'));
  const remove = () => run(['delete', 'cluster', '--name', cluster.name], directory);
  try {
    await remove();
    const nodes = [
      { role: 'control-plane', ...cluster.nodes?.['control-plane'] },
      ...(cluster.workerLabels ? [{ role: 'worker', labels: cluster.workerLabels, ...cluster.nodes?.worker }] : []),
    ];
    const config = join(directory, 'kind.yaml');
    const version = { kind: 'Cluster', apiVersion: 'kind.x-k8s.io/v1alpha4' };
    await writeFile(config, JSON.stringify({ ...version, ...cluster.config, nodes }));
    const args = ['create', 'cluster', '--name', cluster.name, '--image', cluster.image, '--config', config, '-v', '3'];
    // A process group of its own, so that the programs kind started end with it.
    const child = spawn(program, args, {
      env: kindEnvironment(directory),
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    const ended = once(child, 'exit');
    try {
      const configurations = await readConfigurations(child, nodes.length);
      const names = [...configurations.keys()].sort();
      const containers = await Promise.all(names.map((name) => docker.getContainer(name).inspect()));
      return { configurations, containers };
    } finally {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await ended;
    }
  } finally {
    await remove();
    await rm(directory, { recursive: true, force: true });
  }
}
