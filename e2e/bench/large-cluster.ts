// A large cluster for benches: many pods and events without nodes in a real API server, and a burst of changes to them.
import type { KubernetesObject } from '@kubernetes/client-node';
import type { Kube } from '../../electron/core/kube/connect';

export const count = 5000;
export const burst = { changes: 2500, perSecond: 500 };
const atOnce = 16;

/** Each request waits on one of its own: many are under way at once. */
const never = () => new AbortController().signal;

async function times(all: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < all) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function pod(index: number): KubernetesObject {
  const metadata = { name: `pod-${index}`, labels: { app: `app-${index % 50}` } };
  return { metadata, spec: { containers: [{ name: 'c', image: 'registry.example/app:1' }] } } as KubernetesObject;
}

export async function fill(kube: Kube): Promise<void> {
  const post = (path: string, object: object) => kube.call({ method: 'POST', path, object }, never());
  await times(count, (index) => post('/api/v1/namespaces/default/pods', pod(index)));
  await times(count, (index) =>
    post('/api/v1/namespaces/default/events', {
      metadata: { name: `event-${index}` },
      involvedObject: { kind: 'Pod', name: `pod-${index}`, namespace: 'default' },
      reason: 'Scheduled',
      message: `Successfully assigned default/pod-${index} to node-${index % 20}`,
    }),
  );
}

/** Resolves when the last is made. */
export async function change(kube: Kube): Promise<void> {
  const begun = performance.now();
  await times(burst.changes, async (index) => {
    const wait = begun + (index / burst.perSecond) * 1000 - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const path = `/api/v1/namespaces/default/pods/pod-${index}`;
    await kube.call(
      { method: 'PATCH', path, object: { metadata: { labels: { turn: `${Math.round(begun)}` } } } },
      never(),
    );
  });
}
