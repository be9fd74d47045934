// For tests: an app of three replicas behind a Service, and a visitor that asks it by its DNS name and notes when it was answered.
import { readFile } from 'node:fs/promises';
import type { TestCore } from './core';
import { inNode, kubectl } from './programs';

/** An image that every node of the testbed has, with busybox in it. */
const image = 'k8s.gcr.io/kube-proxy:v1.20.2';

const common = { imagePullPolicy: 'Never', image };
const serve = 'echo hello >/tmp/index.html; exec busybox httpd -f -p 8080 -h /tmp';

/** Notes the seconds since the computer's start, which containers share with it. busybox' own wget cannot ask DNS here. */
const ask =
  'exec 3<>/dev/tcp/web.default.svc.cluster.local/80; printf "GET / HTTP/1.0\\r\\n\\r\\n" >&3; grep -q hello <&3';
const visit = `while :; do
  timeout 1 bash -c "$ASK" 2>/dev/null && cut -d" " -f1 /proc/uptime >>/data/answers
  sleep 0.05
done`;

const objects = (node: string) => [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          terminationGracePeriodSeconds: 1,
          containers: [
            {
              name: 'web',
              ...common,
              command: ['busybox', 'sh', '-c', serve],
              readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
            },
          ],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'visitor' },
    spec: {
      nodeName: node,
      terminationGracePeriodSeconds: 1,
      dnsConfig: { options: [{ name: 'timeout', value: '1' }] },
      volumes: [{ name: 'data', hostPath: { path: '/var/visitor', type: 'DirectoryOrCreate' } }],
      containers: [
        {
          name: 'visitor',
          ...common,
          command: ['bash', '-c', visit],
          env: [{ name: 'ASK', value: ask }],
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
    },
  },
];

/** Deploys both, the visitor on `node`, and resolves when it was answered. */
export async function deployVisitedApp(core: TestCore, cluster: string, node: string): Promise<void> {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects(node) });
  await inNode(core, `${cluster}-control-plane`, 'bash', '-c', `kubectl create -f - <<<'${list}'`);
  await kubectl(core, cluster, 'rollout', 'status', 'deployment/web', '--timeout=120s');
  await answeredSince(core, node, 0);
}

/** Seconds since the computer's start. */
export async function uptime(): Promise<number> {
  return Number((await readFile('/proc/uptime', 'utf8')).split(' ')[0]);
}

/** Seconds from `since` (of uptime) to the visitor's first answer after it; waits for one. Throws after two minutes. */
export async function answeredSince(core: TestCore, node: string, since: number): Promise<number> {
  const first = `awk -v since=${since} '$1 > since {print $1; found = 1; exit} END {exit !found}' /var/visitor/answers`;
  const script = `until ${first} 2>/dev/null; do sleep 0.1; done`;
  return Number(await inNode(core, node, 'timeout', '120', 'bash', '-c', script)) - since;
}
