// For tests: a page on several pods with a disruption budget, what keeps asking it, and how few of its pods were ever ready.
import { expect } from 'vitest';
import type { TestCore } from './core';
import { kubectl, kubectlJson } from './programs';

/** An image that every node of the testbed has, with busybox in it. */
const image = 'k8s.gcr.io/kube-proxy:v1.20.2';
const serve = 'mkdir /w; echo hello >/w/index.html; exec busybox httpd -f -p 8080 -h /w';

/** A Deployment of a page that is ready when it answers, its Service on node port 30080, and its budget. */
export const webObjects = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          // It serves until it is killed. kube-proxy looks once a second (kind 0.33: minSyncPeriod): an app that is gone by then fails requests.
          terminationGracePeriodSeconds: 4,
          containers: [
            {
              name: 'web',
              image,
              imagePullPolicy: 'Never',
              command: ['busybox', 'sh', '-c', serve],
              readinessProbe: { httpGet: { port: 8080 }, periodSeconds: 1 },
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
    spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] },
  },
  {
    apiVersion: 'policy/v1beta1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web' },
    spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
  },
];

/** Asks the page at a port of this computer again and again until told to end; says how often it was answered, and when and why it was not. */
export function askAll(port: number) {
  const stop = new AbortController();
  const failures: string[] = [];
  let answered = 0;
  const ask = async () => {
    const signal = AbortSignal.timeout(3000);
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal, headers: { connection: 'close' } });
    const text = await response.text();
    if (text !== 'hello\n') throw new Error(`${response.status} ${text}`);
  };
  const done = (async () => {
    while (!stop.signal.aborted) {
      const asked = new Date();
      try {
        await ask();
        answered += 1;
      } catch (error) {
        const { message, cause } = error as Error;
        failures.push(`${asked.toISOString()} ${message} ${cause instanceof Error ? cause.message : ''}`);
      }
    }
    return { answered, failures };
  })();
  return {
    end() {
      stop.abort();
      return done;
    },
  };
}

/** Where the pod of the page runs that is not on its way out. */
export async function nodeOfTheOnlyPod(core: TestCore, cluster: string): Promise<string> {
  type Pod = { metadata: { deletionTimestamp?: string }; spec: { nodeName: string } };
  const { items } = await kubectlJson<{ items: Pod[] }>(core, cluster, 'get', 'pods', '-l', 'app=web');
  const staying = items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  expect(staying).toHaveLength(1);
  return staying[0]?.spec.nodeName ?? '';
}

/** The fewest ready pods of the Deployment that were seen. */
export function watchLowest(core: TestCore, cluster: string) {
  const stop = new AbortController();
  const path = 'jsonpath={.status.availableReplicas}';
  let lowest = Number.POSITIVE_INFINITY;
  const done = (async () => {
    while (!stop.signal.aborted) {
      const ready = await kubectl(core, cluster, 'get', 'deployment', 'web', '-o', path);
      lowest = Math.min(lowest, Number(ready || 0));
    }
    return lowest;
  })();
  return {
    end() {
      stop.abort();
      return done;
    },
  };
}
