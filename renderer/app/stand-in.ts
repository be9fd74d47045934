// A typed stand-in of the core for component tests and for looking at screens: same calls, feeds from memory, no Docker.
import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import { createStore } from 'zustand/vanilla';
import type { Client } from '../../shared/contract';
import { clusterChangeSchema } from '../../shared/model/change';
import type { Cluster } from '../../shared/model/cluster';
import type { Loop } from '../../shared/model/devloop/loop';
import type { Check } from '../../shared/model/diagnostics';
import type { EngineState } from '../../shared/model/engine';
import { AppError, type ErrorData } from '../../shared/model/errors';
import type { Feed } from '../../shared/model/feed';
import type { Offer } from '../../shared/model/images';
import type { KubeconfigView } from '../../shared/model/kubeconfig';
import type { Usage } from '../../shared/model/node-facts';
import type { LogLine, Operation } from '../../shared/model/operation';
import type { Pod } from '../../shared/model/pod';
import type { LocalRegistry } from '../../shared/model/registry';
import { type Settings, settingsSchema } from '../../shared/model/settings';
import type { TemplateEntry } from '../../shared/model/template/entry';
import type { Boathouse } from '../stores/app-context';
import { startStores } from '../stores/stores';
import type { ConnectionStatus } from './connection';
import { accessStandIn } from './stand-in-access';
import { actionsStandIn } from './stand-in-actions';
import { applyAnswer } from './stand-in-apply';
import { cachesStandIn } from './stand-in-caches';
import { dashboardStandIn } from './stand-in-dashboard';
import { devloopStandIn } from './stand-in-devloop';
import { diskStandIn } from './stand-in-disk';
import { kubeconfigStandIn } from './stand-in-kubeconfig';
import { loopsStandIn } from './stand-in-loops';
import { manifestsStandIn } from './stand-in-manifests';
import { metricsStandIn } from './stand-in-metrics';
import { objectsStandIn } from './stand-in-objects';
import { changePlanOf } from './stand-in-plan';
import { podLogsStandIn } from './stand-in-pod-logs';
import { forwardsStandIn, podExecStandIn } from './stand-in-reach';
import { recorderStandIn } from './stand-in-recorder';
import { registryStandIn } from './stand-in-registry';
import { templateCalls } from './stand-in-template-calls';
import { createTopic, keyedTopic, named } from './stand-in-topic';
import { planOf, type World } from './stand-in-worlds';

/** The id of every file that is offered. */
const sampleOffer = '0b2f6c1e-5d1c-4d4e-9f0a-3c1b7a9d2e11';

export interface StandIn {
  boathouse: Boathouse;
  /** Every call that was made and may change something, in order: `clusters.stop`, its input. */
  calls: { call: string; input: unknown }[];
  world: World;
  putCluster(cluster: Cluster): void;
  /** What a closer look at a cluster shows from now on. */
  putDetails(cluster: Cluster): void;
  /** Names of the clusters whose usage somebody watches. */
  usageWatchers: ReadonlySet<string>;
  /** From now on a cluster has these pods. */
  putPods(cluster: string, pods: Pod[]): void;
  dropCluster(name: string): void;
  putRegistry(registry: LocalRegistry): void;
  putTemplate(entry: TemplateEntry): void;
  putOperation(operation: Operation): void;
  putLoop(loop: Loop): void;
  log(id: string, lines: LogLine[]): void;
  setEngine(engine: EngineState): void;
  /** From now on a call fails with this error; without an error it works again. */
  fail(call: string, error?: ErrorData): void;
  /** Loses the channel: topics end, and the phase tells so. */
  disconnect(phase?: 'lost' | 'refused'): void;
  reconnect(): void;
  dispose(): void;
}

interface StandInOptions {
  /** It has not spoken yet, as on a slow start. */
  silent?: boolean;
  /** Calls that fail from the beginning. */
  failing?: Record<string, ErrorData>;
}

/** A core that knows what `world` says. */
export function createStandIn(world: World, options: StandInOptions = {}): StandIn {
  const heard = () => !options.silent;
  const clusters = keyedTopic(new Map(world.clusters.map((cluster) => [cluster.name, cluster])), heard);
  const operations = keyedTopic(new Map(world.operations.map((operation) => [operation.id, operation])), heard);
  const registries = keyedTopic(new Map(world.registries.map((registry) => [registry.name, registry])), heard);
  const caches = keyedTopic(new Map(world.caches.map((cache) => [cache.upstream, cache])), heard);
  const templates = keyedTopic(new Map(world.templates.map((entry) => [entry.id, entry])), heard);
  const engine = createTopic<EngineState>(() => (heard() ? world.engine : undefined));
  const kubeconfig = createTopic<KubeconfigView>(() => (heard() ? world.kubeconfig : undefined));
  const settings = createTopic<Settings>(() => (heard() ? world.settings : undefined));
  const putSettings = (changed: object) => {
    world.settings = settingsSchema.parse(changed);
    settings.send(world.settings);
    return world.settings;
  };
  const usageWatchers = new Set<string>();
  const calls: StandIn['calls'] = [];
  const failures = new Map(Object.entries(options.failing ?? {}));
  const status = createStore<ConnectionStatus>(() => ({ phase: 'open' }));
  const ended = new AbortController();
  let numbered = 0;

  /** Fails if it was told to; notes calls that change something. */
  function enter(call: string, input?: unknown): void {
    if (input !== undefined) calls.push({ call, input });
    const data = failures.get(call);
    if (data) throw new ORPCError('APP_ERROR', { status: 500, data });
  }

  function started(call: string, input: unknown): { operationId: string } {
    enter(call, input);
    numbered += 1;
    return { operationId: `operation-${numbered}` };
  }

  function found<Value>(value: Value | undefined, what: string): Value {
    if (value !== undefined) return value;
    throw new ORPCError('APP_ERROR', { status: 500, data: new AppError('not-found', `There is no ${what}`).toData() });
  }

  const loops = loopsStandIn(world, enter, heard);
  const logs = named<LogLine[]>((id) => world.logs[id]);
  const details = named<Cluster>((name) => world.details[name]);
  const usage = named<Record<string, Usage>>((name) => world.usage[name]);
  const pods = named<Feed<Pod>>((name) => ({ type: 'snapshot', revision: 0, items: world.pods[name] ?? [] }));

  const client: Client = {
    access: accessStandIn(world, enter, started),
    actions: actionsStandIn(enter, started),
    caches: cachesStandIn(world, caches, enter, started),
    dashboard: dashboardStandIn(world, enter, started),
    manifests: manifestsStandIn(enter, started),
    metrics: metricsStandIn(),
    objects: objectsStandIn(enter),
    loops: loops.client,
    recorder: recorderStandIn(enter),
    podFiles: {
      copy: async (input) => started('podFiles.copy', input),
      give: async (input) => started('podFiles.give', input),
    },
    podLogs: podLogsStandIn(enter),
    forwards: forwardsStandIn(enter),
    podExec: podExecStandIn(enter),
    clusters: {
      list: async () => world.clusters,
      watch: async (_input, call) => clusters.open(call?.signal),
      get: async ({ name }) => {
        enter('clusters.get');
        return found(world.details[name] ?? world.clusters.find((cluster) => cluster.name === name), name);
      },
      watchOne: async ({ name }, call) => details.of(name).open(call?.signal),
      services: async ({ name }) => {
        enter('clusters.services');
        return world.services[name] ?? [];
      },
      usage: async ({ name }, call) => {
        usageWatchers.add(name);
        call?.signal?.addEventListener('abort', () => usageWatchers.delete(name));
        return usage.of(name).open(call?.signal);
      },
      pods: async ({ name }, call) => pods.of(name).open(call?.signal),
      plan: async (request) => {
        enter('clusters.plan', request);
        const { warnings, findings } = world;
        return { plan: planOf(request.name), image: request.image ?? world.image, warnings, findings };
      },
      create: async (input) => started('clusters.create', input),
      start: async (input) => started('clusters.start', input),
      stop: async (input) => started('clusters.stop', input),
      pause: async (input) => started('clusters.pause', input),
      resume: async (input) => started('clusters.resume', input),
      delete: async (input) => started('clusters.delete', input),
      cleanup: async (input) => started('clusters.cleanup', input),
      planChange: async (input) => {
        enter('clusters.planChange', input);
        return { plan: changePlanOf(input.name, z.array(clusterChangeSchema).parse(input.changes)) };
      },
      change: async (input) => started('clusters.change', input),
      planApply: async (input) => {
        enter('clusters.planApply', input);
        return applyAnswer(world, input);
      },
      apply: async (input) => {
        const { differences } = applyAnswer(world, input);
        return { differences, ...(differences.length > 0 && started('clusters.apply', input)) };
      },
      template: async ({ name }) => {
        enter('clusters.template');
        const yaml = world.kept[name];
        return yaml === undefined ? {} : { yaml };
      },
      exportLogs: async (input) => {
        enter('clusters.exportLogs', input);
        const topic = createTopic(() => ({ base64: btoa('logs') }));
        const stream = topic.open(undefined);
        topic.end();
        return stream;
      },
      kubeconfig: async () => ({ yaml: 'apiVersion: v1\nkind: Config\n' }),
    },
    devloop: devloopStandIn(world, enter),
    disk: diskStandIn(enter, started),
    diagnostics: {
      engine: async (_input, call) => engine.open(call?.signal),
      reconnect: async () => enter('diagnostics.reconnect', null),
      checks: async () => {
        enter('diagnostics.checks');
        return heard() ? world.checks : new Promise(() => {});
      },
      mute: async (input) => {
        enter('diagnostics.mute', input);
        const mark = (check: Check) => (check.id === input.id ? { ...check, muted: input.muted } : check);
        world.checks = world.checks.map(mark);
      },
      fix: async (input) => {
        enter('diagnostics.fix', input);
        return { code: 'mended', text: `Done: ${input.id}` };
      },
    },
    images: {
      engine: async () => {
        enter('images.engine');
        return world.engineImages;
      },
      list: async (input) => {
        enter('images.list', input);
        return world.clusterImages;
      },
      load: async (input) => started('images.load', input),
      offer: async (input, call) => {
        enter('images.offer', input);
        return createTopic<Offer>(() => ({ file: sampleOffer })).open(call?.signal);
      },
      give: async (input) => enter('images.give', input),
      stale: async () => world.clusterImages.stale,
      pull: async (input) => started('images.pull', input),
      remove: async (input) => started('images.remove', input),
      prunable: async () => world.clusterImages.images.filter(({ pods, system }) => pods.length === 0 && !system),
      restart: async (input) => started('images.restart', input),
    },
    kubeconfig: kubeconfigStandIn(world, kubeconfig, enter),
    operations: {
      watch: async (_input, call) => operations.open(call?.signal),
      cancel: async (input) => enter('operations.cancel', input),
      log: async ({ id }, call) => logs.of(id).open(call?.signal),
      nodeLogs: async () => [{ path: 'shop-control-plane/kubelet.log', text: 'kubelet: failed to start\n' }],
      history: async ({ subject }) => {
        enter('operations.history');
        return (world.history[subject] ?? []).toSorted((a, b) => b.queuedAt - a.queuedAt);
      },
      dismiss: async (input) => enter('operations.dismiss', input),
    },
    registry: registryStandIn(world, registries, enter, started),
    settings: {
      get: async () => Promise.resolve().then(() => world.settings),
      set: async (input) => {
        enter('settings.set', input);
        return putSettings({ ...world.settings, ...input });
      },
      watch: async (_input, call) => settings.open(call?.signal),
      reset: async () => {
        enter('settings.reset', {});
        return putSettings(settingsSchema.parse({}));
      },
      export: async () => ({ json: JSON.stringify(world.settings) }),
      import: async (input) => {
        enter('settings.import', input);
        return putSettings(settingsSchema.parse(JSON.parse(input.json)));
      },
      about: async () => world.about,
    },
    templates: {
      ...templateCalls(templates, enter, world.texts),
      watch: async (_input, call) => templates.open(call?.signal),
    },
    versions: {
      list: async (input) => {
        enter('versions.list');
        return world.versions.filter(({ provider }) => !input?.provider || provider === input.provider);
      },
    },
  };

  const connection = { client, status, retry: () => calls.push({ call: 'retry', input: null }) };
  return {
    boathouse: { connection, stores: startStores(connection, ended.signal) },
    calls,
    world,
    putCluster: (cluster) => clusters.put(cluster.name, cluster),
    putDetails(cluster) {
      world.details[cluster.name] = cluster;
      details.of(cluster.name).send(cluster);
    },
    usageWatchers,
    putPods(cluster, items) {
      world.pods[cluster] = items;
      pods.of(cluster).send({ type: 'snapshot', revision: 0, items });
    },
    dropCluster: clusters.drop,
    putRegistry: (registry) => registries.put(registry.name, registry),
    putTemplate: (entry) => templates.put(entry.id, entry),
    putOperation: (operation) => operations.put(operation.id, operation),
    putLoop: loops.put,
    log: (id, lines) => logs.of(id).send(lines),
    setEngine(state) {
      world.engine = state;
      engine.send(state);
    },
    fail(call, error) {
      if (error) failures.set(call, error);
      else failures.delete(call);
    },
    disconnect(phase = 'lost') {
      status.setState({ phase });
      const some = [logs, details, usage, pods].flatMap(({ topics }) => [...topics.values()]);
      for (const topic of [clusters, loops, operations, registries, caches, templates, engine, ...some]) topic.end();
    },
    reconnect: () => status.setState({ phase: 'open' }),
    dispose: () => ended.abort(),
  };
}
