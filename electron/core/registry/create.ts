// Making the local registry: its image, its container with a volume that outlives it, and its place in clusters that know it already.
import { AppError } from '../../../shared/model/errors';
import type { Plan, PlannedStep } from '../../../shared/model/operation';
import type { ClusterDependencies } from '../clusters/dependencies';
import { nameTaken } from '../clusters/failures';
import { removeContainer } from '../clusters/remove';
import type { Engine } from '../engine/engine';
import { engineFailure, explained, statusOf } from '../engine/failures';
import { canListen, claimedPorts, freePort, namePortOwner } from '../engine/ports';
import { pullImage } from '../engine/pull';
import type { Job, StepAction, StepContext } from '../operations/operation';
import type { CoreOptions } from '../options';
import { unreachable } from './api';
import { registryContainer } from './container';
import { registryImage } from './image';
import { registryLabels, registryName, usualHostPort } from './labels';
import { joinNetwork } from './networks';
import { isLocal, waitForRegistry } from './reach';
import { hostsByCluster, listRegistries } from './read';

interface RegistryRequest {
  port?: number | undefined;
  image?: string | undefined;
}

/** The image that takes the catalogue's place. */
export function registryImageOf({ environment }: Pick<CoreOptions, 'environment'>): string | undefined {
  return environment.BOATHOUSE_REGISTRY_IMAGE;
}

/** Throws `name-taken`, `port-taken` (with who has it), `engine-unreachable`. */
export async function createRegistry(dependencies: ClusterDependencies, request: RegistryRequest) {
  const engine = await dependencies.engine();
  const names = [`^/?${registryName}$`];
  const [present] = await explained(() => engine.docker.listContainers({ all: true, filters: { name: names } }));
  if (present) throw nameTaken(registryName, `a container named ${registryName}`);
  const image = request.image ?? registryImageOf(dependencies.options);
  const prepared = await prepareRegistry(engine, { ...request, image });
  const { plan, actions } = registryJob(dependencies, engine, prepared);
  return dependencies.operations.start({ plan, actions }, engine.endpoint.host);
}

interface PreparedRegistry {
  reference: string;
  pull: boolean;
  port: number;
}

/** What it will run, and on which port: the given one, that of an earlier registry, the usual one, or any that is free. */
async function prepareRegistry(engine: Engine, { image, port }: RegistryRequest): Promise<PreparedRegistry> {
  const [chosen, claims, volume] = await Promise.all([
    registryImage(engine, image),
    claimedPorts(engine),
    keptVolume(engine),
  ]);
  const isFree = async (wanted: number) =>
    !claims.some((claim) => claim.port === wanted) && (!isLocal(engine) || (await canListen(wanted)));
  if (port !== undefined) {
    if (await isFree(port)) return { ...chosen, port };
    throw await namePortOwner(engine, new AppError('port-taken', `Port ${port} is taken`, { params: { port } }), '');
  }
  const earlier = Number(volume?.Labels?.[registryLabels.port]);
  for (const usual of [earlier, usualHostPort])
    if (usual > 0 && (await isFree(usual))) return { ...chosen, port: usual };
  return { ...chosen, port: await freePort(engine) };
}

async function keptVolume(engine: Engine) {
  try {
    return await engine.docker.getVolume(registryName).inspect();
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw engineFailure(error);
  }
}

/**
 * The local registry, running: as it is, started, or made. @param surroundings of the create that needs it
 * Throws `port-taken`, `image-pull-failed`, `registry-unreachable`.
 */
export async function ensureRegistry(
  engine: Engine,
  surroundings: { version: string; registryImage: string | undefined },
  context: StepContext,
): Promise<{ name: string; address: string; inNetwork: string }> {
  const { signal, progress } = context;
  const own = async () => (await listRegistries(engine, signal)).find(({ name }) => name === registryName);
  if (!(await own())) {
    const { reference, pull, port } = await prepareRegistry(engine, { image: surroundings.registryImage });
    if (pull) {
      await pullImage(engine, reference, { signal, onProgress: ({ fraction, note }) => progress(fraction, note) });
    }
    await makeContainer(engine, { image: reference, port, version: surroundings.version }, context);
  }
  await startContainer(engine, signal);
  const registry = await own();
  const address = registry?.address;
  if (!registry || !address) throw unreachable(registryName, registryName, 'It has gone meanwhile.');
  await waitForRegistry(engine, registry, signal);
  return { ...registry, address };
}

/** The steps of making it. */
function registryJob(dependencies: ClusterDependencies, engine: Engine, prepared: PreparedRegistry): Job {
  const { reference, pull, port } = prepared;
  const steps: PlannedStep[] = [];
  const actions = new Map<string, StepAction>();
  const add = (step: Omit<PlannedStep, 'id' | 'lane' | 'after'>, action: StepAction) => {
    const before = steps.at(-1);
    steps.push({ ...step, id: step.kind, lane: 'engine', after: before ? [before.id] : [] });
    actions.set(step.kind, action);
  };
  if (pull) {
    const command = `docker pull ${reference}`;
    add({ kind: 'image-pull', title: `Pulling ${reference}`, weight: 10, command }, async ({ signal, progress }) => {
      await pullImage(engine, reference, { signal, onProgress: ({ fraction, note }) => progress(fraction, note) });
    });
  }
  const command = `docker run -d --name ${registryName} -p 127.0.0.1:${port}:5000 -v ${registryName}:/var/lib/registry ${reference}`;
  add({ kind: 'registry-create', title: `Making the registry on port ${port}`, weight: 1, command }, (context) =>
    makeContainer(engine, { image: reference, port, version: dependencies.options.version }, context),
  );
  add({ kind: 'registry-start', title: 'Starting the registry', weight: 1 }, async ({ signal }) => {
    await startContainer(engine, signal);
    await waitForRegistry(engine, { name: registryName, address: `localhost:${port}`, state: 'running' }, signal);
  });
  add({ kind: 'registry-connect', title: 'Connecting clusters that know it', weight: 0.5 }, (context) =>
    rejoin(dependencies, engine, context),
  );
  const plan: Plan = { kind: 'registry', subject: registryName, steps };
  return { plan, actions };
}

async function makeContainer(
  engine: Engine,
  request: { image: string; port: number; version: string },
  { undo, log }: StepContext,
): Promise<void> {
  const kept = await keptVolume(engine);
  if (kept) log('the images of an earlier registry are there again');
  else {
    const Labels = { [registryLabels.role]: 'registry', [registryLabels.port]: String(request.port) };
    undo(`the volume ${registryName}`, async (signal) => {
      await engine.docker.getVolume(registryName).remove({ abortSignal: signal });
    });
    await explained(() => engine.docker.createVolume({ Name: registryName, Labels }));
  }
  undo(`the container ${registryName}`, (signal) => removeContainer(engine, registryName, signal));
  await explained(() => engine.docker.createContainer(registryContainer(request)));
}

/** Throws `port-taken` naming who has its port. */
export async function startContainer(engine: Engine, signal: AbortSignal, name = registryName): Promise<void> {
  try {
    await engine.docker.getContainer(name).start({ abortSignal: signal });
  } catch (error) {
    // 304: it runs already.
    if (statusOf(error) !== 304) throw await namePortOwner(engine, engineFailure(error), name);
  }
}

/** Clusters whose nodes were told of a registry of this name, which somebody removed, reach the new one. */
async function rejoin(dependencies: ClusterDependencies, engine: Engine, { signal, log }: StepContext): Promise<void> {
  const clusters = await dependencies.read(engine, signal);
  const [own] = await listRegistries(engine, signal);
  const hosts = await hostsByCluster(engine, clusters, signal);
  for (const { name, network } of clusters) {
    const known = [...(hosts.get(name)?.values() ?? [])].flat();
    if (!own || !network || !known.some(({ address }) => address === `http://${own.inNetwork}`)) continue;
    await joinNetwork(engine, network, own.name, signal);
    log(`connected to ${name}`);
  }
}
