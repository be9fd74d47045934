// The kubeconfig for the stand-in: contexts of every kind, one of them broken, and calls on them.
import type { Client } from '../../shared/contract';
import type { KubeContext, KubeconfigView } from '../../shared/model/kubeconfig';
import type { Topic } from './stand-in-topic';

const home = '/home/ana/.kube/config';
const work = '/home/ana/work/kubeconfig.yaml';

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

export interface KubeconfigWorld {
  kubeconfig: KubeconfigView;
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
    use: async (input) => {
      enter('kubeconfig.use', input);
      return { context: `kind-${input.name}`, file: '~/.kube/config' };
    },
  };
}
