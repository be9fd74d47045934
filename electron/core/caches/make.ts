// Making a cache's container, anew or in place of another: its volume, its files, its networks.
import type { Cluster } from '../../../shared/model/cluster';
import type { ClusterDependencies } from '../clusters/dependencies';
import type { Proxies } from '../clusters/providers/kubeadm/proxies';
import { hostProxies } from '../clusters/proxies';
import { removeContainer } from '../clusters/remove';
import { type ContainerFile, putFiles } from '../engine/archive';
import type { Engine } from '../engine/engine';
import { explained } from '../engine/failures';
import type { StepContext } from '../operations/operation';
import type { CoreOptions } from '../options';
import { tellNodes } from '../registry/connect';
import type { Hosts } from '../registry/hosts';
import { joinNetwork } from '../registry/networks';
import { type CacheChoices, cacheContainer, cacheFiles } from './container';
import { type Password, passwordFor, tryPassword } from './credentials';
import { cacheLabels, cacheName, cacheRole } from './labels';
import type { RecognisedCache } from './read';

export interface Making {
  readonly choices: Omit<CacheChoices, 'account'>;
  readonly signIn: boolean;
  readonly image: string;
  /** The container whose place it takes, and the networks that it is in. */
  readonly replaces?: Pick<RecognisedCache, 'containerId' | 'networks'>;
}

/** What docker keeps for an upstream, after the upstream has taken it. Throws `credentials-refused`. */
export async function checkedPassword(
  engine: Engine,
  { upstream, url }: Pick<CacheChoices, 'upstream' | 'url'>,
  { signal, log }: Pick<StepContext, 'signal' | 'log'>,
): Promise<Password | undefined> {
  const password = await passwordFor(engine, upstream, signal);
  if (!password) {
    log(`docker keeps no password for ${upstream}: it is asked as by anybody`);
    return undefined;
  }
  const unknown = await tryPassword(url, password, (await engine.credentials?.certificatesFor(upstream)) ?? '', signal);
  log(
    unknown
      ? `${url} was not asked whether it lets ${password.username} in: ${unknown}`
      : `signs in as ${password.username}`,
  );
  return password;
}

/** Makes the container, not yet running; a volume that is there is taken with what it has. */
export async function makeCache(
  { options }: Pick<ClusterDependencies, 'options'>,
  engine: Engine,
  { choices, signIn, image, replaces }: Making,
  context: StepContext,
): Promise<void> {
  const { signal, undo } = context;
  const name = cacheName(choices.upstream);
  const password = signIn ? await checkedPassword(engine, choices, context) : undefined;
  const { Volumes } = await explained(() =>
    engine.docker.listVolumes({ filters: { name: [name] }, abortSignal: signal }),
  );
  if (!(Volumes ?? []).some((volume) => volume.Name === name)) {
    undo(`the volume ${name}`, async (within) => {
      await engine.docker.getVolume(name).remove({ abortSignal: within });
    });
    const Labels = { [cacheLabels.role]: cacheRole, [cacheLabels.upstream]: choices.upstream };
    await explained(() => engine.docker.createVolume({ Name: name, Labels }));
  }
  if (replaces) await removeContainer(engine, replaces.containerId, signal);
  else undo(`the container ${name}`, (within) => removeContainer(engine, name, within));
  const environment = proxyVariables(await hostProxies(options, engine.endpoint.host));
  const body = cacheContainer(
    { ...choices, account: password?.username },
    { image, version: options.version, environment },
  );
  await explained(() => engine.docker.createContainer(body));
  await putFiles(engine, name, await filesOf(options, engine, choices, password), signal);
  for (const network of replaces?.networks ?? []) {
    if (network !== 'bridge') await joinNetwork(engine, network, name, signal);
  }
}

/** What is written into it before each start: credentials and certificates as they are by then. */
export async function filesOf(
  { resources }: Pick<CoreOptions, 'resources'>,
  engine: Engine,
  choices: Pick<CacheChoices, 'upstream' | 'url' | 'budget'>,
  password: Password | undefined,
): Promise<ContainerFile[]> {
  const certificates = (await engine.credentials?.certificatesFor(choices.upstream)) ?? '';
  return cacheFiles(resources, choices, { password, certificates });
}

function proxyVariables({ http, https, none }: Proxies): string[] {
  const variables = { HTTP_PROXY: http, HTTPS_PROXY: https, NO_PROXY: none };
  return Object.entries(variables).flatMap(([name, value]) => (value ? [`${name}=${value}`] : []));
}

/** Lets nodes reach a container, if there is one, and brings what they know to what `next` makes of it; who could not be told is logged. */
export async function tellClusters(
  engine: Engine,
  clusters: readonly Cluster[],
  container: string | undefined,
  next: (own: Hosts) => Hosts,
  { signal, undo, log }: StepContext,
): Promise<void> {
  const told = await Promise.allSettled(
    clusters.map(async (cluster) => {
      if (container) await joinNetwork(engine, cluster.network ?? '', container, signal);
      await tellNodes(engine, cluster, next, { signal, undo });
      log(`${cluster.name} was told`);
    }),
  );
  signal.throwIfAborted();
  for (const [index, one] of told.entries()) {
    if (one.status === 'rejected') log(`${clusters[index]?.name} could not be told: ${String(one.reason)}`);
  }
}
