// The kubeconfig for the stand-in: contexts of every kind, one of them broken, and calls on them.
import type { Client } from '../../shared/contract';
import type { FileDiff } from '../../shared/model/diff';
import type {
  KubeContext,
  KubeconfigHistoryEntry,
  KubeconfigPlan,
  KubeconfigView,
} from '../../shared/model/kubeconfig';
import type { Sentence } from '../../shared/model/sentence';
import type { Topic } from './stand-in-topic';

const home = '/home/ana/.kube/config';
const work = '/home/ana/office.yaml';

export function sampleContext(name: string, more: Partial<KubeContext> = {}): KubeContext {
  return {
    name,
    file: home,
    hiddenIn: [],
    cluster: name,
    user: name,
    server: 'https://127.0.0.1:41234',
    current: false,
    origin: 'boathouse',
    clusterName: name.replace(/^kind-/, ''),
    signsIn: 'certificate',
    expiresAt: '2031-03-14T09:26:53.000Z',
    faults: [],
    ...more,
  };
}

export const sampleView: KubeconfigView = {
  files: [
    { path: home, exists: true },
    { path: work, exists: true },
  ],
  current: 'kind-shop',
  contexts: [
    sampleContext('kind-shop', { current: true, namespace: 'checkout' }),
    sampleContext('kind-workshop-07'),
    sampleContext('kind-old-kind', { origin: 'kind' }),
    sampleContext('prod-eu', {
      file: work,
      server: 'https://api.prod.example.com',
      origin: 'remote',
      signsIn: 'program',
      program: 'aws',
      expiresAt: undefined,
      clusterName: undefined,
    }),
    sampleContext('staging', {
      file: work,
      server: 'https://10.20.0.7:6443',
      origin: 'remote',
      clusterName: undefined,
      expiresAt: '2026-02-01T00:00:00.000Z',
      faults: [
        {
          code: 'expired',
          params: { at: '2026-02-01T00:00:00.000Z' },
          text: 'What it signs in with was valid until Feb 1, 2026.',
        },
      ],
    }),
  ],
};

const sampleDiff: FileDiff = {
  file: home,
  hunks: [
    {
      line: 41,
      lines: [
        { kind: 'same', text: '  name: prod-eu' },
        { kind: 'gone', text: 'current-context: kind-shop' },
        { kind: 'new', text: 'current-context: prod-eu' },
        { kind: 'same', text: 'kind: Config' },
      ],
    },
  ],
};

export const sampleHistory: KubeconfigHistoryEntry[] = [
  {
    id: 'change-2',
    at: '2026-03-14T09:30:00.000Z',
    said: {
      code: 'did-rename',
      params: { name: 'arn:aws:eks:prod', to: 'prod-eu' },
      text: 'arn:aws:eks:prod renamed to prod-eu',
    },
    files: [work],
  },
  {
    id: 'change-1',
    at: '2026-03-14T09:26:53.000Z',
    said: { code: 'did-add', params: { name: 'kind-shop' }, text: 'Added kind-shop' },
    files: [home],
  },
];

export interface KubeconfigWorld {
  kubeconfig: KubeconfigView;
  kubeconfigHistory: KubeconfigHistoryEntry[];
  /** What every plan warns of. */
  kubeconfigWarnings: Sentence[];
}

function importsOf(change: Parameters<Client['kubeconfig']['plan']>[0]): KubeconfigPlan['imports'] {
  if (change.kind !== 'import') return [];
  const choice = change.choices?.['prod-eu'] ?? 'rename';
  const becomes = ({ keep: 'kept', rename: 'renamed', replace: 'replaced' } as const)[choice];
  return [
    { name: 'lab', as: 'lab', becomes: 'new', conflict: false, server: 'https://127.0.0.1:6443' },
    { name: 'prod-eu', as: choice === 'rename' ? 'prod-eu-2' : 'prod-eu', becomes, conflict: true },
  ];
}

/** The calls; `enter` fails those that are to fail and notes what changes something. */
export function kubeconfigStandIn(
  world: KubeconfigWorld,
  topic: Pick<Topic<KubeconfigView>, 'open'>,
  enter: (call: string, input?: unknown) => void,
): Client['kubeconfig'] {
  return {
    list: async () => world.kubeconfig,
    watch: async (_input, call) => topic.open(call?.signal),
    probe: async ({ context }) => {
      enter('kubeconfig.probe');
      return {
        context,
        at: '2026-03-14T09:26:53.000Z',
        outcome: 'answers',
        said: { code: 'answers', text: 'Kubernetes answers.' },
        version: 'v1.34.0',
        milliseconds: 12,
        who: { name: 'kubernetes-admin', groups: ['kubeadm:cluster-admins'], from: 'kubernetes' },
      };
    },
    export: async (input) => {
      enter('kubeconfig.export', input);
      return { yaml: 'apiVersion: v1\nkind: Config\n' };
    },
    plan: async (change) => {
      enter('kubeconfig.plan');
      return { files: [sampleDiff], warnings: world.kubeconfigWarnings, imports: importsOf(change) };
    },
    change: async (input) => {
      enter('kubeconfig.change', input);
      return { id: 'change-9', said: { code: 'did-change', text: 'Changed' }, files: [home] };
    },
    history: async () => {
      enter('kubeconfig.history');
      return world.kubeconfigHistory;
    },
    historyDiff: async () => {
      enter('kubeconfig.historyDiff');
      return [sampleDiff];
    },
    use: async (input) => {
      enter('kubeconfig.use', input);
      return { context: `kind-${input.name}`, file: '~/.kube/config' };
    },
  };
}
