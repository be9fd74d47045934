// Plain values for the tests of the fronts: an engine, a template, a cluster, a small plan.

import type { ActionPlan, Revision } from '../../../shared/model/actions';
import type { Difference } from '../../../shared/model/apply';
import { abilitiesOf, type Cluster } from '../../../shared/model/cluster';
import type { DashboardView } from '../../../shared/model/dashboard';
import type { Disk } from '../../../shared/model/disk';
import type { EngineState } from '../../../shared/model/engine';
import { AppError } from '../../../shared/model/errors';
import type { ManifestDiff } from '../../../shared/model/manifests';
import type { ApiKind, RowsMessage } from '../../../shared/model/objects';
import type { OperationKind, Plan } from '../../../shared/model/operation';
import type { PodLogMessage } from '../../../shared/model/pod-logs';
import { type ClusterTemplate, type TemplateSummary, templateSchema } from '../../../shared/model/template';
import type { TemplateEntry } from '../../../shared/model/template/entry';
import type { NodeVersion } from '../../../shared/model/version';

export const connectedEngine: EngineState = {
  state: 'connected',
  endpoint: { host: 'unix:///var/run/docker.sock', source: 'socket' },
  info: {
    version: '20.10.24',
    apiVersion: '1.41',
    operatingSystem: 'Debian GNU/Linux 12',
    architecture: 'x86_64',
    cpus: 2,
    memory: 8 * 1024 ** 3,
    cgroupVersion: '2',
    rootless: false,
    containerdStore: false,
  },
};

export const emptyKubeconfig = { files: [{ path: '/home/ana/.kube/config', exists: false }], contexts: [] };

export const singleTemplate: ClusterTemplate = templateSchema.parse({
  apiVersion: 'boathouse.dev/v1',
  kind: 'ClusterTemplate',
  metadata: { id: 'single', title: { en: 'Single', 'zh-CN': '单节点' }, description: 'One node' },
  spec: { nodes: [{ role: 'control-plane' }] },
});

const yaml = `# A node.
apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: single, title: {en: Single, zh-CN: 单节点}, description: One node}
spec: {nodes: [{role: control-plane}]}
`;
export const singleSummary: TemplateSummary = { template: singleTemplate, origin: 'built-in', yaml };
export const singleEntry: TemplateEntry = { id: 'single', ...singleSummary, problems: [], unsupported: [] };

/** A running cluster of one control plane and one worker. */
export function sampleCluster(name: string, change: Partial<Cluster> = {}): Cluster {
  const node = (suffix: string, role: 'control-plane' | 'worker', address: string) => ({
    name: `${name}-${suffix}`,
    containerId: `${name}-${suffix}-id`,
    role,
    state: 'running' as const,
    address,
    image: 'kindest/node:v1.34.0',
    ready: true,
  });
  return {
    name,
    provider: 'kubeadm',
    madeBy: 'boathouse',
    state: 'running',
    nodes: [node('control-plane', 'control-plane', '172.30.0.2'), node('worker', 'worker', '172.30.0.3')],
    kubernetesVersion: 'v1.34.0',
    apiServer: 'https://127.0.0.1:41234',
    context: `kind-${name}`,
    abilities: abilitiesOf({ provider: 'kubeadm', madeBy: 'boathouse' }),
    current: false,
    template: 'single',
    createdAt: '2026-01-02T03:04:05Z',
    ...change,
  };
}

/** A small plan: an image, two nodes side by side, then the kubeconfig. */
export function planOf(kind: OperationKind, subject: string): Plan {
  const plane = `${subject}-control-plane`;
  const worker = `${subject}-worker`;
  return {
    kind,
    subject,
    steps: [
      { id: 'image', kind: 'image-pull', title: 'Get the node image', lane: 'engine', weight: 1, after: [] },
      { id: 'boot-1', kind: 'node-boot', title: `Boot ${plane}`, lane: plane, weight: 2, after: ['image'] },
      { id: 'boot-2', kind: 'node-boot', title: `Boot ${worker}`, lane: worker, weight: 3, after: ['image'] },
      {
        id: 'kubeconfig',
        kind: 'kubeconfig-write',
        title: 'Write the kubeconfig',
        lane: 'cluster',
        weight: 1,
        after: ['boot-1', 'boot-2'],
      },
    ],
  };
}

export const sampleVersions: NodeVersion[] = [
  {
    provider: 'kubeadm',
    version: 'v1.36.1',
    image: 'kindest/node:v1.36.1@sha256:3489c7674813ba5d8b1a9977baea8a6e553784dab7b84759d1014dbd78f7ebd5',
    support: { state: 'supported', until: '2027-06-28' },
    offered: true,
    usual: true,
    here: false,
  },
  {
    provider: 'k3s',
    image: 'mine/k3s:nightly',
    support: { state: 'unknown' },
    offered: false,
    usual: false,
    here: true,
    size: 251_000_000,
  },
];

export const sampleDifference: Difference = {
  effort: 'in-place',
  field: 'nodes[worker].count',
  from: '1',
  to: '3',
  nodes: [],
  what: { code: 'nodes-added', params: { count: 2, pool: 'worker' }, text: 'Adds 2 to worker.' },
  changes: [{ kind: 'add-nodes', role: 'worker', count: 2, labels: {}, taints: [], resources: {} }],
};

export const sampleDisk: Disk = {
  owners: [
    {
      kind: 'cluster',
      name: 'shop',
      bytes: 1_500_000_000,
      parts: [
        { name: 'shop-control-plane', bytes: 900_000_000 },
        { name: 'shop-worker', bytes: 600_000_000 },
      ],
    },
    { kind: 'registry', name: 'boathouse-registry', bytes: 241_000_000, parts: [] },
  ],
  images: 4_200_000_000,
  buildCache: 90_000_000,
  otherVolumes: [],
  cleanups: [
    { id: 'untagged-images', bytes: 310_000_000, parts: [{ name: 'sha256:1', bytes: 310_000_000 }] },
    { id: 'unused-node-images', bytes: 950_000_000, parts: [{ name: 'kindest/node:v1.30.0', bytes: 950_000_000 }] },
  ],
};

/** A context's cluster with our dashboard and an administrator for it. */
export function dashboardView(context: string): DashboardView {
  const dashboard = {
    kind: 'headlamp',
    namespace: 'boathouse-dashboard',
    service: 'headlamp',
    ours: true,
    ready: 1,
  } as const;
  return { context, dashboards: [dashboard], rights: ['admin'], open: [] };
}

export const sampleKinds: ApiKind[] = [
  { group: '', version: 'v1', resource: 'pods', kind: 'Pod', namespaced: true, custom: false, shortNames: ['po'] },
  { group: '', version: 'v1', resource: 'nodes', kind: 'Node', namespaced: false, custom: false, shortNames: ['no'] },
  {
    group: 'apps',
    version: 'v1',
    resource: 'deployments',
    kind: 'Deployment',
    namespaced: true,
    custom: false,
    shortNames: ['deploy'],
  },
];

export const sampleActionPlan: Omit<ActionPlan, 'command' | 'local'> = {
  losses: [{ kind: 'pods', names: ['web-1'], count: 1 }],
  moves: [],
  keeps: [],
  data: [],
  owners: [{ kind: 'ReplicaSet', name: 'web' }],
  usedBy: [],
  finalizers: [],
};

export const sampleRevisions: Revision[] = [
  { revision: 2, images: ['web:2'], current: true, change: [] },
  { revision: 1, images: ['web:1'], cause: 'first', current: false, change: [] },
];

/** One object that is changed; a text with a tab in it cannot be read, one that says `owned` changes what another one has set. */
export function sampleManifestDiff(text: string): ManifestDiff {
  if (text.includes('\t')) {
    return { objects: [], problems: [{ line: 2, column: 1, message: 'Tabs are not allowed' }], local: true };
  }
  const conflicts = text.includes('owned') ? [{ manager: 'helm', fields: ['data.k'] }] : [];
  const lines = [
    { kind: 'gone' as const, text: '  k: one' },
    { kind: 'new' as const, text: '  k: two' },
  ];
  const object = {
    document: 1,
    line: 1,
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: 'shop',
    name: 'settings',
    change: 'changed' as const,
    hunks: [{ line: 2, lines }],
    conflicts,
    problems: [],
  };
  return { objects: [object], problems: [], local: true };
}

/** Two pods, then nothing more until the list is left. */
export async function* sampleRows(): AsyncGenerator<RowsMessage, void, void> {
  const columns = ['Name', 'Status', 'Age'].map((name) => ({
    name,
    type: name === 'Age' ? 'date' : 'string',
    priority: 0,
  }));
  yield { type: 'columns', columns: [...columns, { name: 'Node', type: 'string', priority: 1 }] };
  const row = (namespace: string, name: string, status: string) => ({
    key: `${namespace}/${name}`,
    name,
    namespace,
    cells: [name, status, '2026-03-14T09:26:53Z', null],
  });
  const items = [row('shop', 'web-1', 'Running'), row('lab', 'db-0', 'CrashLoopBackOff')];
  yield { type: 'snapshot', revision: 1, items };
  yield { type: 'state', state: 'live' };
}

/** Two pods, of which one is broken. */
export function samplePodLogs(): PodLogMessage[] {
  const source = { namespace: 'shop', container: 'web', restarts: 0, state: 'reading' as const };
  const error = new AppError('kubernetes-refused', 'Kubernetes did not give the log of web in web-2').toData();
  return [
    {
      type: 'sources',
      sources: [
        { ...source, id: 1, key: 'shop/web-1/web', pod: 'web-1' },
        { ...source, id: 2, key: 'shop/web-2/web', pod: 'web-2', state: 'broken', error },
      ],
    },
    {
      type: 'lines',
      sequence: 1,
      lines: [
        { source: 1, at: '2026-03-14T09:26:53.1Z', text: 'listening on 8080' },
        { source: 2, at: '2026-03-14T09:26:53.2Z', text: 'ready' },
      ],
    },
    { type: 'state', state: 'live' },
  ];
}
