// How a large cluster is listed: 5,000 pods and 5,000 events of a real API server, from the call to the first and the last row; a burst of changes; memory. `npm run bench:inside`
import type { KubernetesObject } from '@kubernetes/client-node';
import { watchRows } from '../../electron/core/objects/rows';
import { apiServerIsMissing, startApiServer } from '../../electron/core/testing/api-server';
import type { KindRef, RowsMessage } from '../../shared/model/objects';
import { table } from './figures';

const count = 5000;
const burst = { changes: 2500, perSecond: 500 };
const atOnce = 16;

const missing = apiServerIsMissing();
if (missing) throw new Error(missing);

const api = await startApiServer();
const signal = new AbortController().signal;
const post = (path: string, object: object) => api.kube.call({ method: 'POST', path, object }, signal);

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

/** Milliseconds to the first row, to all rows, and what they took of memory; then what came of `change`. */
async function follow(resource: string, change?: () => Promise<void>) {
  const kind: KindRef = { group: '', version: 'v1', resource };
  const stop = new AbortController();
  const before = process.memoryUsage().rss;
  const begun = performance.now();
  const seen = { first: 0, all: 0, rows: 0, patches: 0, changed: 0 };
  const hear = (message: RowsMessage) => {
    if (message.type !== 'patch' && message.type !== 'snapshot') return;
    const rows = message.type === 'patch' ? message.upserts.length : message.items.length;
    seen.rows += rows;
    if (rows > 0 && seen.first === 0) seen.first = performance.now() - begun;
    if (seen.rows >= count && seen.all === 0) seen.all = performance.now() - begun;
    if (seen.rows > count) {
      seen.patches += 1;
      seen.changed += rows;
    }
  };
  for await (const message of watchRows(async () => api.kube, { kind, namespaces: ['default'] }, stop.signal)) {
    hear(message);
    if (message.type !== 'state' || message.state !== 'live') continue;
    if (!change) break;
    void change().finally(() => setTimeout(() => stop.abort(), 500));
  }
  stop.abort();
  return { ...seen, memory: process.memoryUsage().rss, grown: process.memoryUsage().rss - before };
}

try {
  await times(count, (index) => post('/api/v1/namespaces/default/pods', pod(index)));
  await times(count, (index) =>
    post('/api/v1/namespaces/default/events', {
      metadata: { name: `event-${index}` },
      involvedObject: { kind: 'Pod', name: `pod-${index}`, namespace: 'default' },
      reason: 'Scheduled',
      message: `Successfully assigned default/pod-${index} to node-${index % 20}`,
    }),
  );
  const pods = await follow('pods');
  const events = await follow('events');
  const end = performance.now() + (burst.changes / burst.perSecond) * 1000;
  const changing = await follow('pods', () =>
    times(burst.changes, async (index) => {
      const due = end - ((burst.changes - index) / burst.perSecond) * 1000;
      const wait = due - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const path = `/api/v1/namespaces/default/pods/pod-${index}`;
      await api.kube.call({ method: 'PATCH', path, object: { metadata: { labels: { turn: `${index}` } } } }, signal);
    }),
  );
  const words = (figure: number) => figure.toFixed(0);
  console.log(
    table([
      ['of 5,000', 'first row, ms', 'all rows, ms', 'core, MB'],
      ['pods', words(pods.first), words(pods.all), words(pods.memory / 1e6)],
      ['events', words(events.first), words(events.all), words(events.memory / 1e6)],
    ]),
  );
  console.log(
    `${burst.changes} changes asked at ${burst.perSecond} a second: ${changing.changed} rows in ${changing.patches} messages`,
  );
} finally {
  await api.close();
}
