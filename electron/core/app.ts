// The core: the only place where its parts are made and wired together.
import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import type { Client } from '../../shared/contract';
import type { Cache } from '../../shared/model/caches';
import type { Cluster } from '../../shared/model/cluster';
import type { LocalRegistry } from '../../shared/model/registry';
import { createActions } from './actions/actions';
import { readCaches } from './caches/read';
import { connectAnywhere, findNodeContainer } from './clusters/connect-anywhere';
import type { ClusterDependencies } from './clusters/dependencies';
import { keepEntrances } from './clusters/edge/keep';
import { createWaker } from './clusters/edge/wake';
import { type FollowRequest, followEngine } from './clusters/follow';
import { createProviders } from './clusters/providers/providers';
import { type ReadRequest, readClusters, sweepNetworks } from './clusters/read';
import { resumeCluster } from './clusters/resume';
import { createDashboards } from './dashboard/dashboard';
import { createLoops } from './devloop/loop/loops';
import { rememberedProjects } from './devloop/project/remembered';
import { surroundingsOf } from './diagnostics/surroundings';
import { createEngineConnection, type EngineConnection } from './engine/connection';
import { createRegistryCredentials } from './engine/credentials';
import { resolveEndpoint } from './engine/endpoint';
import type { Engine } from './engine/engine';
import { createForwards } from './forwards/forwards';
import { keptIn } from './forwards/kept';
import { createLoads } from './images/loads';
import { createOffers } from './images/offered';
import { isLocalContext, namespaceOf } from './kubeconfig/one-context';
import { currentContext } from './kubeconfig/read';
import { watchKubeconfig } from './kubeconfig/watch';
import { createLiveFeed } from './live/feed';
import { createManifests } from './manifests/manifests';
import { createHistory } from './operations/history';
import { createJournal } from './operations/journal';
import { createOperations } from './operations/operations';
import type { Core, CoreOptions } from './options';
import type { Parts } from './parts';
import { createCommands } from './podexec/run';
import { createRecorder } from './recorder/recorder';
import { readRegistries } from './registry/read';
import { createRouter } from './router';
import { openSettings, type SettingsStore } from './settings/settings';
import { liveTemplates } from './templates/watch';

/** Starts the core. It connects to the engine by itself and reads clusters when they are first asked for. */
export async function createCore(given: CoreOptions): Promise<Core> {
  const disposed = new AbortController();
  // Every list that is kept live listens to it, and every request of their readings.
  setMaxListeners(0, disposed.signal);
  const settings = openSettings(given);
  const options: CoreOptions = { ...given, preferences: () => settings.get() };
  const journal = createJournal(options.directories.state);
  const operations = createOperations(journal, createHistory(options.directories.state));
  const connection = connectionOf(options, settings);
  const kubeconfig = {
    environment: options.environment,
    homeDirectory: options.homeDirectory,
    platform: options.platform,
    directories: options.directories,
  };
  const providers = createProviders(options);
  const readRequest = (engine: Engine, signal?: AbortSignal): ReadRequest => ({
    engine,
    providers,
    journal,
    operations,
    currentContext: () => currentContext(kubeconfig).catch(() => undefined),
    ...(signal && { signal }),
  });
  const clusters: ClusterDependencies = {
    options,
    kubeconfig,
    providers,
    operations,
    engine: (signal) => connection.engine(signal),
    read: (engine, signal) => readClusters(readRequest(engine, signal)),
  };
  const inside = {
    connect: (context: string, signal: AbortSignal) => connectAnywhere(clusters, context, signal),
    isLocal: (context: string) => isLocalContext(kubeconfig, context),
    operations,
    engineHost: () => connection.state.get().endpoint?.host ?? '',
  };
  const forwards = createForwards(
    inside.connect,
    keptIn(join(options.directories.config, 'forwards.json'), options.log),
  );
  // A command opens its own and no others.
  if (options.shell !== 'terminal') void forwards.reopen();
  const dashboards = createDashboards({ ...inside, kubeconfig, resources: options.resources });
  const loops = createLoops(clusters, forwards);
  const recorder = createRecorder(inside.connect, disposed.signal);
  const offers = createOffers();
  const parts: Parts = {
    options,
    connection,
    projects: rememberedProjects(options, disposed.signal),
    operations,
    settings,
    clusters,
    dashboards,
    actions: createActions(inside),
    loops,
    commands: createCommands(inside.connect, (context, node, signal) =>
      findNodeContainer(clusters, context, node, signal),
    ),
    forwards,
    recorder,
    files: { ...inside, offers, homeDirectory: options.homeDirectory },
    manifests: createManifests({ ...inside, namespaceOf: (context) => namespaceOf(kubeconfig, context) }),
    async listClusters() {
      const request = readRequest(await connection.engine());
      const found = await readClusters(request);
      await sweepNetworks(request, found);
      return found;
    },
    watchClusters: liveClusters(),
    watchRegistries: liveRegistries(),
    watchCaches: liveCaches(),
    watchTemplates: liveTemplates(options, disposed.signal),
    offers,
    loads: createLoads(),
    surroundings: () => surroundingsOf({ clusters, connection, journal }),
  };

  async function resume(name: string): Promise<void> {
    const { operationId } = await resumeCluster(clusters, name);
    const { state, error } = await operations.ended(operationId);
    if (state !== 'done') throw new Error(error?.message ?? state);
  }

  /**
   * A live list is kept only once somebody watches: a command that lists and leaves never needs it. `always`: from the start.
   */
  function liveList<Item>(
    key: (item: Item) => string,
    read: (engine: Engine, signal: AbortSignal) => Promise<Item[]>,
    { always = false, ...besides }: Pick<FollowRequest<Item>, 'watchKubeconfig'> & { always?: boolean } = {},
  ) {
    const feed = createLiveFeed<Item>(key);
    let first: Promise<void> | undefined;
    function follow(): Promise<void> {
      return new Promise((resolve) => {
        const readFirst = (engine: Engine, signal: AbortSignal) => read(engine, signal).finally(resolve);
        const request = { connection, operations, feed, read: readFirst, log: options.log, ...besides };
        void followEngine(request, disposed.signal);
        // While there is no engine there is no first reading to wait for.
        void connection.engine(disposed.signal).catch(() => resolve());
      });
    }
    if (always) first = follow();
    return async function* watch(signal: AbortSignal) {
      first ??= follow();
      await first;
      yield* feed.watch(signal);
    };
  }

  function liveClusters() {
    const waker = createWaker({ resume, log: options.log }, disposed.signal);
    const read = async (engine: Engine, signal: AbortSignal) => {
      const request = readRequest(engine, signal);
      const found = await readClusters(request);
      await sweepNetworks(request, found);
      await keepEntrances(engine, found, signal, options.log);
      waker.see(engine, found);
      return found;
    };
    return liveList<Cluster>((cluster) => cluster.name, read, {
      // Somebody has to hear the requests that resume clusters, and it is whoever has a window.
      always: options.shell !== 'terminal',
      watchKubeconfig: (onChange, signal) => watchKubeconfig(kubeconfig, onChange, signal),
    });
  }

  function liveRegistries() {
    const read = async (engine: Engine, signal: AbortSignal) =>
      readRegistries(engine, await clusters.read(engine, signal), signal);
    return liveList<LocalRegistry>((registry) => registry.name, read);
  }

  function liveCaches() {
    const read = async (engine: Engine, signal: AbortSignal) =>
      readCaches(engine, await clusters.read(engine, signal), signal);
    return liveList<Cache>((cache) => cache.upstream, read);
  }

  // A command that looks and leaves records nothing.
  if (options.shell !== 'terminal') void recorder.follow(parts.watchClusters(disposed.signal)).catch(() => {});

  const router = createRouter(parts);
  return {
    router: router as Core['router'],
    client: createRouterClient(router) as Client,
    async dispose() {
      await loops.dispose();
      await operations.dispose();
      await dashboards.dispose();
      await forwards.dispose();
      disposed.abort();
      await connection.dispose();
    },
  };
}

function connectionOf(options: CoreOptions, settings: SettingsStore): EngineConnection {
  const { environment, homeDirectory, platform, log } = options;
  return createEngineConnection({
    resolve: () => resolveEndpoint({ setting: settings.get().engineHost, environment, homeDirectory, platform }),
    credentials: createRegistryCredentials({ environment, homeDirectory, log }),
    log,
  });
}
