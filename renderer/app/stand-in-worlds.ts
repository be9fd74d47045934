// Worlds for the stand-in: what a core might know, from nothing at all to everything at once.

import type { Access } from '../../shared/model/access';
import type { Difference } from '../../shared/model/apply';
import type { Cache } from '../../shared/model/caches';
import { abilitiesOf, type Cluster, type ClusterState, contextOf } from '../../shared/model/cluster';
import type { DashboardView } from '../../shared/model/dashboard';
import type { Loop } from '../../shared/model/devloop/loop';
import type { RememberedProject } from '../../shared/model/devloop/proposal';
import type { Check } from '../../shared/model/diagnostics';
import type { EngineState } from '../../shared/model/engine';
import type { ClusterImages, EngineImage } from '../../shared/model/images';
import type { Usage } from '../../shared/model/node-facts';
import type { LogLine, Operation, Plan } from '../../shared/model/operation';
import type { Pod } from '../../shared/model/pod';
import type { Sentence } from '../../shared/model/sentence';
import type { ClusterService } from '../../shared/model/service';
import { type Settings, settingsSchema } from '../../shared/model/settings';
import type { TemplateEntry } from '../../shared/model/template/entry';
import type { NodeVersion } from '../../shared/model/version';
import type { About } from '../stores/stores';
import { sampleAccess } from './stand-in-access';
import { sampleCaches } from './stand-in-caches';
import { sampleChecks } from './stand-in-checks';
import { sampleDashboards } from './stand-in-dashboard';
import { detailed, samplePods, samplePorts, sampleServices, sampleUsage } from './stand-in-details';
import { sampleProjects } from './stand-in-devloop';
import { sampleClusterImages, sampleEngineImages } from './stand-in-images';
import { type KubeconfigWorld, sampleHistory, sampleView } from './stand-in-kubeconfig';
import { playedUntil, samplePlan } from './stand-in-plan';
import { type RegistryWorld, sampleMirrors, sampleRegistries, sampleRepositories } from './stand-in-registry';
import { sampleKept, sampleTemplates } from './stand-in-templates';
import { sampleVersions } from './stand-in-versions';

export interface World extends RegistryWorld, KubeconfigWorld {
  /** By cluster. */
  access: Record<string, Access>;
  caches: Cache[];
  /** Folders that people develop in. */
  projects: RememberedProject[];
  loops: Loop[];
  clusters: Cluster[];
  /** What there is of dashboards, by context. */
  dashboards: Record<string, DashboardView>;
  /** Clusters as a closer look shows them: with what Kubernetes and the engine tell of their nodes. */
  details: Record<string, Cluster>;
  /** Services, by cluster. */
  services: Record<string, ClusterService[]>;
  /** The templates that clusters keep, by cluster. */
  kept: Record<string, string>;
  /** What was changed by hand since, by cluster. */
  changedSince: Record<string, Difference[]>;
  /** What nodes use, by cluster and node. */
  usage: Record<string, Record<string, Usage>>;
  /** Pods, by cluster. */
  pods: Record<string, Pod[]>;
  operations: Operation[];
  /** What was done before Boathouse was started, by cluster. */
  history: Record<string, Operation[]>;
  logs: Record<string, LogLine[]>;
  engine: EngineState;
  templates: TemplateEntry[];
  /** What https addresses give. */
  texts: Record<string, string>;
  checks: Check[];
  settings: Settings;
  about: About;
  image: string;
  warnings: Sentence[];
  /** What the doctor says to a plan. */
  findings: Check[];
  versions: NodeVersion[];
  engineImages: EngineImage[];
  clusterImages: ClusterImages;
}

export const sampleImage =
  'kindest/node:v1.34.0@sha256:7416a61b42b1662ca6ca89f02028ac133a309a2a30ba309614e8ec94d976dc5a';

export const connectedEngine: EngineState = {
  state: 'connected',
  endpoint: { host: 'unix:///var/run/docker.sock', source: 'socket' },
  info: {
    version: '28.5.1',
    apiVersion: '1.51',
    operatingSystem: 'Debian GNU/Linux 12',
    architecture: 'x86_64',
    cpus: 8,
    memory: 16.6e9,
    cgroupVersion: '2',
    rootless: false,
    containerdStore: true,
  },
};

export const brokenEngine: Extract<EngineState, { state: 'unreachable' }> = {
  state: 'unreachable',
  endpoint: { host: 'unix:///var/run/docker.sock', source: 'socket' },
  error: {
    code: 'engine-unreachable',
    message: 'Nothing listens at unix:///var/run/docker.sock: the Docker Engine is not running',
    params: { host: 'unix:///var/run/docker.sock' },
    detail: 'connect ECONNREFUSED /var/run/docker.sock',
    hints: [
      { text: 'Start the engine: sudo systemctl start docker' },
      { text: 'Install Docker if it is not there.', url: 'https://docs.docker.com/engine/install/' },
    ],
  },
};

/** A cluster of one control plane and `workers` workers. */
export function sampleCluster(
  name: string,
  state: ClusterState,
  workers: number,
  more: Partial<Cluster> = {},
): Cluster {
  const up = state !== 'stopped' && state !== 'incomplete';
  const names = [`${name}-control-plane`];
  for (let worker = 1; worker <= workers; worker += 1) names.push(`${name}-worker${worker === 1 ? '' : worker}`);
  return {
    name,
    provider: 'kubeadm',
    madeBy: 'boathouse',
    state,
    nodes: names.map((node, index) => ({
      name: node,
      containerId: `${name}${index}`.padEnd(64, '0'),
      role: index === 0 ? 'control-plane' : 'worker',
      state: state === 'paused' ? 'paused' : up ? 'running' : 'exited',
      ...(up && { address: `172.20.0.${index + 2}` }),
      image: sampleImage,
    })),
    kubernetesVersion: 'v1.34.0',
    ...(up && { apiServer: 'https://127.0.0.1:41234' }),
    context: contextOf(name),
    abilities: abilitiesOf({ provider: 'kubeadm', madeBy: 'boathouse', ...more }),
    current: false,
    template: workers > 0 ? 'three-node' : 'single',
    network: `boathouse-${name}`,
    createdAt: '2026-03-14T09:26:53Z',
    ...more,
  };
}

/** The plan of creating a cluster with two workers. */
export function planOf(name: string): Plan {
  return samplePlan(name);
}

/** A create of `name` as it stands `seconds` after its start at `startedAt`. */
export function sampleCreate(
  name: string,
  startedAt: number,
  seconds: number,
  more: Partial<Operation> = {},
): Operation {
  return { ...playedUntil(samplePlan(name), startedAt, seconds), ...more };
}

function emptyWorld(): World {
  return {
    clusters: [],
    dashboards: {},
    details: {},
    services: {},
    kept: {},
    changedSince: {},
    usage: {},
    pods: {},
    registries: [],
    kubeconfig: { files: [{ path: '/home/ana/.kube/config', exists: false }], contexts: [] },
    kubeconfigHistory: [],
    kubeconfigWarnings: [],
    caches: [],
    projects: [],
    loops: [],
    mirrors: {},
    access: {},
    repositories: {},
    operations: [],
    history: {},
    logs: {},
    engine: connectedEngine,
    templates: sampleTemplates,
    texts: {},
    checks: sampleChecks,
    settings: settingsSchema.parse({}),
    about: { version: '0.1.0', shell: 'browser' },
    image: sampleImage,
    warnings: [],
    findings: [],
    versions: sampleVersions,
    engineImages: sampleEngineImages,
    clusterImages: sampleClusterImages,
  };
}

/** Nothing was made yet. */
export function newcomer(more: Partial<World> = {}): World {
  return { ...emptyWorld(), ...more };
}

/** A few clusters in different states, one of them of kind's own program. */
export function populated(more: Partial<World> = {}): World {
  const shop = sampleCluster('shop', 'running', 2, { current: true, ports: samplePorts('shop') });
  return {
    ...emptyWorld(),
    clusters: [
      shop,
      sampleCluster('workshop-07', 'stopped', 0),
      sampleCluster('old-kind', 'running', 1, {
        madeBy: 'kind',
        kubernetesVersion: 'v1.31.4',
        network: 'kind',
        apiServer: 'https://127.0.0.1:36117',
      }),
      sampleCluster('left-behind', 'incomplete', 1),
    ],
    details: { shop: detailed(shop) },
    services: { shop: sampleServices },
    kept: { shop: sampleKept },
    usage: { shop: sampleUsage(shop) },
    pods: { shop: samplePods(shop) },
    registries: sampleRegistries,
    kubeconfig: sampleView,
    kubeconfigHistory: sampleHistory,
    dashboards: sampleDashboards,
    caches: sampleCaches,
    projects: sampleProjects,
    mirrors: sampleMirrors,
    access: sampleAccess,
    repositories: sampleRepositories,
    ...more,
  };
}

export const sampleWarnings: Sentence[] = [
  {
    code: 'version-ended',
    params: { version: 'v1.29.2', until: '2025-02-28' },
    text: 'Kubernetes v1.29.2 has not been mended since 2025-02-28; choose a later one for anything but tests.',
  },
];
