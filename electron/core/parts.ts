// The parts of the core that the router hands its calls to.
import type { Cache } from '../../shared/model/caches';
import type { Cluster } from '../../shared/model/cluster';
import type { Feed } from '../../shared/model/feed';
import type { LocalRegistry } from '../../shared/model/registry';
import type { Actions } from './actions/actions';
import type { ClusterDependencies } from './clusters/dependencies';
import type { Dashboards } from './dashboard/dashboard';
import type { Loops } from './devloop/loop/loops';
import type { RememberedProjects } from './devloop/project/remembered';
import type { Surroundings } from './diagnostics/check';
import type { EngineConnection } from './engine/connection';
import type { Forwards } from './forwards/forwards';
import type { Loads } from './images/loads';
import type { Offers } from './images/offered';
import type { Manifests } from './manifests/manifests';
import type { Operations } from './operations/operations';
import type { CoreOptions } from './options';
import type { Commands } from './podexec/run';
import type { FileDependencies } from './podfiles/files';
import type { Recorder } from './recorder/recorder';
import type { SettingsStore } from './settings/settings';
import type { WatchTemplates } from './templates/watch';

export interface Parts {
  options: CoreOptions;
  connection: EngineConnection;
  /** Folders that people develop in. */
  projects: RememberedProjects;
  operations: Operations;
  settings: SettingsStore;
  clusters: ClusterDependencies;
  dashboards: Dashboards;
  /** What is done to objects in clusters. */
  actions: Actions;
  loops: Loops;
  /** Commands that run in containers. */
  commands: Commands;
  forwards: Forwards;
  /** Copies files between this computer and containers. */
  files: FileDependencies;
  manifests: Manifests;
  /** Keeps what Kubernetes forgets. */
  recorder: Recorder;
  /** All clusters now; what other programs left of ours is cleared away by the way. */
  listClusters(): Promise<Cluster[]>;
  /** All clusters, live. */
  watchClusters(signal: AbortSignal): AsyncGenerator<Feed<Cluster>, void, void>;
  /** All local registries, live. */
  watchRegistries(signal: AbortSignal): AsyncGenerator<Feed<LocalRegistry>, void, void>;
  /** All pull-through caches, live. */
  watchCaches(signal: AbortSignal): AsyncGenerator<Feed<Cache>, void, void>;
  /** All templates, live. */
  watchTemplates: WatchTemplates;
  /** Files that windows offer. */
  offers: Offers;
  /** What was loaded. */
  loads: Loads;
  surroundings(): Promise<Surroundings>;
}
