// One watcher for every tool: when a cluster's API answers, when all its nodes are Ready, when DNS answers a pod; from outside.
import { setTimeout as pause } from 'node:timers/promises';
import type { V1Node, V1Pod } from '@kubernetes/client-node';
import { execa } from 'execa';
import { connectKube, type Kube } from '../../electron/core/kube/connect';
import { waitForApi, waitForObjects } from '../../electron/core/kube/wait';
import { standaloneKubeconfig } from '../../electron/core/kubeconfig/entry';
import { contextOf } from '../../shared/model/cluster';

/** Seconds from the start of the command. */
export interface Milestones {
  api: number;
  ready: number;
  dns: number;
}

const limit = 300_000;
const retry = 250;

/** Watches the cluster `name` (kind's names and labels) come up. `start`: `performance.now()` at the command's start. */
export async function watchCluster(name: string, nodes: number, podImage: string, start: number): Promise<Milestones> {
  const signal = AbortSignal.timeout(limit);
  const since = () => (performance.now() - start) / 1000;
  const kube = await connectKube(await kubeconfigOf(name, signal));
  await waitForApi(kube, signal, limit);
  const api = since();
  const [ready, dns] = await Promise.all([
    allReady(kube, nodes, signal).then(since),
    dnsAnswersAPod(kube, podImage, signal).then(since),
  ]);
  return { api, ready, dns };
}

/** The administrator's kubeconfig as soon as the control plane has one, with the API's address on this computer. */
async function kubeconfigOf(name: string, signal: AbortSignal): Promise<string> {
  const ask = (...words: string[]) => execa('docker', words, { reject: false, cancelSignal: signal });
  for (;;) {
    const [conf, ...ports] = await Promise.all([
      ask('exec', `${name}-control-plane`, 'cat', '/etc/kubernetes/admin.conf'),
      // Ours publish the API at their entrance, kind's at their only control plane.
      ask('port', `${name}-external-load-balancer`, '6443/tcp'),
      ask('port', `${name}-control-plane`, '6443/tcp'),
    ]);
    const port = ports.find(({ exitCode, stdout }) => exitCode === 0 && stdout !== '');
    if (conf.exitCode === 0 && port) {
      return standaloneKubeconfig(
        conf.stdout,
        { name, provider: 'kubeadm', context: contextOf(name) },
        `https://${port.stdout.split('\n')[0]}`,
      );
    }
    await pause(retry, undefined, { signal });
  }
}

async function allReady(kube: Kube, nodes: number, signal: AbortSignal): Promise<void> {
  const isReady = (node: V1Node) =>
    node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
  await waitForObjects<V1Node>(
    kube,
    '/api/v1/nodes',
    (found) => ([...found.values()].filter(isReady).length >= nodes ? [] : ['nodes']),
    { signal, limit },
  );
}

/** A pod that ends well when it has got an answer; it is sent until the cluster takes it. */
async function dnsAnswersAPod(kube: Kube, image: string, signal: AbortSignal): Promise<void> {
  const pod: V1Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'dns-watcher', namespace: 'default' },
    spec: {
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists', effect: 'NoSchedule', key: 'node-role.kubernetes.io/master' }],
      containers: [{ name: 'ask', image, imagePullPolicy: 'Never', command: ['busybox', 'sh', '-c', untilAnswered] }],
    },
  };
  while (!(await kube.objects.create(pod).catch(() => undefined))) await pause(retry, undefined, { signal });
  await waitForObjects<V1Pod>(
    kube,
    '/api/v1/namespaces/default/pods?fieldSelector=metadata.name%3Ddns-watcher',
    (pods) => ([...pods.values()].some(({ status }) => status?.phase === 'Succeeded') ? [] : ['an answer']),
    { signal, limit },
  );
}

const untilAnswered = 'until busybox nslookup kubernetes.default.svc.cluster.local; do busybox sleep 0.2; done';
