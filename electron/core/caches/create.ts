// Making a cache of an upstream, and giving one other choices; all clusters made here learn of it.
import { usualBudget } from '../../../shared/model/caches';
import type { Cluster } from '../../../shared/model/cluster';
import type { ClusterDependencies } from '../clusters/dependencies';
import { nameTaken } from '../clusters/failures';
import type { Engine } from '../engine/engine';
import { explained } from '../engine/failures';
import { pullImage } from '../engine/pull';
import { registryImageOf, startContainer } from '../registry/create';
import { registryImage } from '../registry/image';
import { beginOn, type StepPair, step } from '../registry/run';
import { withCaches } from './hosts';
import { cacheName, usualUrl } from './labels';
import { type Making, makeCache, tellClusters } from './make';
import { findCache } from './read';
import { waitForCache } from './usage';

export interface CacheRequest {
  readonly upstream: string;
  readonly url?: string | undefined;
  readonly budget?: number | undefined;
  readonly signIn?: boolean | undefined;
}

/** Throws `name-taken`, `engine-unreachable`. */
export async function createCache(
  dependencies: ClusterDependencies,
  { upstream, url, budget, signIn, image }: CacheRequest & { image?: string | undefined },
) {
  const engine = await dependencies.engine();
  const name = cacheName(upstream);
  const present = await explained(() =>
    engine.docker.listContainers({ all: true, filters: { name: [`^/?${name}$`] } }),
  );
  if (present.length > 0) throw nameTaken(name, `a container named ${name}`);
  const { reference, pull } = await registryImage(engine, image ?? registryImageOf(dependencies.options));
  const making = {
    choices: { upstream, url: url ?? usualUrl(upstream), budget: budget ?? usualBudget },
    signIn: signIn ?? true,
    image: reference,
  };
  return beginOn(dependencies, engine, { kind: 'cache', subject: name }, [
    ...(pull ? [pulling(engine, reference)] : []),
    ...steps(dependencies, engine, making, pull ? ['image-pull'] : []),
  ]);
}

/** Throws `not-found`. */
export async function changeCache(dependencies: ClusterDependencies, request: CacheRequest) {
  const engine = await dependencies.engine();
  const cache = await findCache(engine, request.upstream);
  const { name, containerId, url, budget, image, upstream, account, networks } = cache;
  const making = {
    choices: { upstream, url: request.url ?? url, budget: request.budget ?? budget },
    signIn: request.signIn ?? account !== undefined,
    image,
    replaces: { containerId, networks },
  };
  return beginOn(dependencies, engine, { kind: 'cache', subject: name }, steps(dependencies, engine, making, []));
}

function pulling(engine: Engine, reference: string): StepPair {
  return [
    { ...step('image-pull', `Pulling ${reference}`, `docker pull ${reference}`), weight: 10 },
    async ({ signal, progress }) => {
      await pullImage(engine, reference, { signal, onProgress: ({ fraction, note }) => progress(fraction, note) });
    },
  ];
}

function steps(
  dependencies: ClusterDependencies,
  engine: Engine,
  making: Making,
  after: string[],
): readonly StepPair[] {
  const { upstream } = making.choices;
  const name = cacheName(upstream);
  return [
    [
      step('cache-create', `Making the cache of ${upstream}`, undefined, after),
      (context) => makeCache(dependencies, engine, making, context),
    ],
    [
      step('cache-start', 'Starting it', `docker start ${name}`, ['cache-create']),
      async ({ signal }) => {
        await startContainer(engine, signal, name);
        await waitForCache(engine, name, signal);
      },
    ],
    [
      step('caches-connect', 'Telling the clusters', undefined, ['cache-start']),
      async (context) => {
        if (making.replaces) return;
        const clusters = (await dependencies.read(engine, context.signal)).filter(learnsByItself);
        await tellClusters(engine, clusters, name, (own) => withCaches(own, [{ upstream, name }]), context);
      },
    ],
  ];
}

/** Clusters that others made are connected only when somebody asks for it. */
function learnsByItself({ provider, madeBy, state }: Cluster): boolean {
  return provider === 'kubeadm' && madeBy === 'boathouse' && state !== 'incomplete' && state !== 'deleting';
}
