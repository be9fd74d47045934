// What the screens read: the core's topics and answers as they were last heard. Nothing here is decided by the renderer.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract';
import type { Cache } from '../../shared/model/caches';
import type { Cluster } from '../../shared/model/cluster';
import type { Loop } from '../../shared/model/devloop/loop';
import type { Check } from '../../shared/model/diagnostics';
import type { EngineState } from '../../shared/model/engine';
import type { ErrorData } from '../../shared/model/errors';
import { applyFeed, emptyFeed, type Feed, type FeedState } from '../../shared/model/feed';
import type { Operation } from '../../shared/model/operation';
import type { LocalRegistry } from '../../shared/model/registry';
import { type Settings, settingsSchema } from '../../shared/model/settings';
import type { TemplateEntry } from '../../shared/model/template/entry';
import type { Connection } from '../app/connection';
import { errorDataOf } from '../app/error-data';
import { follow } from './follow';

/** A list of the core: not yet heard, or as last heard. */
export type Heard<Item> = FeedState<Item> & { heard: boolean };

/** The answer of a call: none yet, the last one, the last failure; `asking` while one is under way. */
export interface Answer<Value> {
  value?: Value;
  error?: ErrorData;
  asking: boolean;
}

export type About = Awaited<ReturnType<Client['settings']['about']>>;

export interface Stores {
  clusters: StoreApi<Heard<Cluster>>;
  operations: StoreApi<Heard<Operation>>;
  registries: StoreApi<Heard<LocalRegistry>>;
  caches: StoreApi<Heard<Cache>>;
  engine: StoreApi<{ engine: EngineState }>;
  settings: StoreApi<Settings & { heard: boolean }>;
  templates: StoreApi<Heard<TemplateEntry>>;
  loops: StoreApi<Heard<Loop>>;
  checks: StoreApi<Answer<Check[]>>;
  about: StoreApi<Answer<About>>;
  /** Asks the doctor again. */
  loadChecks(): Promise<void>;
  /** Changes settings; they are what the core then says they are. Rejects as the call does. */
  changeSettings(change: Partial<Settings>): Promise<void>;
}

function feedStore<Item>(): StoreApi<Heard<Item>> {
  return createStore<Heard<Item>>(() => ({ ...emptyFeed<Item>(), heard: false }));
}

function hear<Item>(store: StoreApi<Heard<Item>>, key: (item: Item) => string): (message: Feed<Item>) => void {
  return (message) => store.setState((state) => ({ ...applyFeed(state, message, key), heard: true }), true);
}

function answerStore<Value>(): StoreApi<Answer<Value>> {
  return createStore<Answer<Value>>(() => ({ asking: false }));
}

/** Asks, and keeps the last good answer visible while asking and after a failure. */
async function ask<Value>(store: StoreApi<Answer<Value>>, call: () => Promise<Value>): Promise<void> {
  store.setState((state) => ({ ...state, asking: true }), true);
  try {
    const value = await call();
    store.setState({ value, asking: false }, true);
  } catch (error) {
    store.setState(({ value }) => ({ ...(value && { value }), error: errorDataOf(error), asking: false }), true);
  }
}

/** Starts following the core; ends with `signal`. */
export function startStores(connection: Pick<Connection, 'client' | 'status'>, signal: AbortSignal): Stores {
  const { client, status } = connection;
  const clusters = feedStore<Cluster>();
  const operations = feedStore<Operation>();
  const registries = feedStore<LocalRegistry>();
  const caches = feedStore<Cache>();
  const engine = createStore<{ engine: EngineState }>(() => ({ engine: { state: 'connecting' } }));
  const settings = createStore(() => ({ ...settingsSchema.parse({}), heard: false }));
  const templates = feedStore<TemplateEntry>();
  const loops = feedStore<Loop>();
  const checks = answerStore<Check[]>();
  const about = answerStore<About>();

  const loadChecks = () => ask(checks, () => client.diagnostics.checks(undefined, { signal }));

  function loadAnswers(): void {
    if (status.getState().phase !== 'open') return;
    void ask(about, () => client.settings.about(undefined, { signal }));
  }

  loadAnswers();
  const unsubscribe = status.subscribe(loadAnswers);
  signal.addEventListener('abort', unsubscribe);

  const open = { signal };
  void follow(
    status,
    () => client.settings.watch(undefined, open),
    (value) => settings.setState({ ...value, heard: true }),
    signal,
  );
  void follow(status, () => client.clusters.watch(undefined, open), hear(clusters, keyOfCluster), signal);
  void follow(status, () => client.templates.watch(undefined, open), hear(templates, keyOfTemplate), signal);
  void follow(status, () => client.operations.watch(undefined, open), hear(operations, keyOfOperation), signal);
  void follow(status, () => client.loops.watch(undefined, open), hear(loops, keyOfLoop), signal);
  void follow(status, () => client.registry.watch(undefined, open), hear(registries, keyOfRegistry), signal);
  void follow(status, () => client.caches.watch(undefined, open), hear(caches, keyOfCache), signal);
  void follow(
    status,
    () => client.diagnostics.engine(undefined, open),
    (state) => {
      const before = engine.getState().engine.state;
      engine.setState({ engine: state });
      if (state.state !== before && state.state !== 'connecting') void loadChecks();
    },
    signal,
  );

  return {
    clusters,
    operations,
    registries,
    caches,
    engine,
    settings,
    templates,
    loops,
    checks,
    about,
    loadChecks,
    async changeSettings(change) {
      settings.setState(await client.settings.set(change));
    },
  };
}

const keyOfCluster = (cluster: Cluster) => cluster.name;
const keyOfRegistry = (registry: LocalRegistry) => registry.name;
const keyOfLoop = (loop: Loop) => loop.id;
const keyOfCache = (cache: Cache) => cache.upstream;
const keyOfTemplate = (entry: TemplateEntry) => entry.id;
const keyOfOperation = (operation: Operation) => operation.id;
