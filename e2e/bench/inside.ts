// How a large cluster is listed: 5,000 pods and 5,000 events of a real API server, from the call to the first and the last row; a burst of changes; memory; and the same in a window. `npm run bench:inside`
import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { connectKube, type Kube } from '../../electron/core/kube/connect';
import { watchRows } from '../../electron/core/objects/rows';
import { apiServerIsMissing, startApiServer } from '../../electron/core/testing/api-server';
import type { KindRef, RowsMessage } from '../../shared/model/objects';
import { table } from './figures';
import { measureWindow } from './inside-window';
import { burst, change, count, fill } from './large-cluster';

/** Milliseconds to the first row, to all rows, and what they took of memory; then what came of `change`. */
async function follow(kube: Kube, resource: string, change?: () => Promise<void>) {
  const kind: KindRef = { group: '', version: 'v1', resource };
  const stop = new AbortController();
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
  for await (const message of watchRows(async () => kube, { kind, namespaces: ['default'] }, stop.signal)) {
    hear(message);
    if (message.type !== 'state' || message.state !== 'live') continue;
    if (!change) break;
    void change().finally(() => setTimeout(() => stop.abort(), 500));
  }
  stop.abort();
  return { ...seen, memory: process.memoryUsage().rss };
}

type Seen = Awaited<ReturnType<typeof follow>>;

/** In a process that has done nothing else. */
async function measure(kubeconfig: string): Promise<void> {
  const kube = await connectKube(await readFile(kubeconfig, 'utf8'));
  const pods = await follow(kube, 'pods');
  console.log(JSON.stringify([pods, await follow(kube, 'events')]));
}

async function bench(): Promise<void> {
  const missing = apiServerIsMissing();
  if (missing) throw new Error(missing);
  const api = await startApiServer();
  try {
    await fill(api.kube);
    const { stdout } = await execa('node', [import.meta.filename, api.kubeconfig]);
    const [pods, events] = JSON.parse(stdout) as [Seen, Seen];
    const row = (what: string, seen: Seen) => [
      what,
      seen.first.toFixed(0),
      seen.all.toFixed(0),
      (seen.memory / 1e6).toFixed(0),
    ];
    console.log(
      table([['of 5,000', 'first row, ms', 'all rows, ms', 'core, MB'], row('pods', pods), row('events', events)]),
    );
    const changing = await follow(api.kube, 'pods', () => change(api.kube));
    const asked = `${burst.changes} changes, asked at ${burst.perSecond} a second`;
    console.log(`${asked}: ${changing.changed} rows in ${changing.patches} messages`);
    const { kubeconfig, context } = api;
    const seen = await measureWindow({ kubeconfig, context, count }, () => change(api.kube));
    console.log(
      table([
        ['in a window, 5,000 pods', 'seen', 'wanted'],
        ['first rows painted', `${seen.painted.toFixed(0)} ms`, '< 1000 ms'],
        ['all rows known', `${seen.all.toFixed(0)} ms`, ''],
        ['a key in the filter, the slowest', `${seen.filtered.toFixed(0)} ms`, '< 50 ms'],
        ['frames dropped while scrolling', `${seen.frames.dropped} of ${seen.frames.drawn}`, '0'],
        [`the longest task in ${burst.perSecond} changes a second`, `${seen.longest.toFixed(0)} ms`, '< 100 ms'],
        ['the host, at most', `${seen.memory.toFixed(0)} MB`, '< 250 MB'],
      ]),
    );
  } finally {
    await api.close();
  }
}

const [kubeconfig] = process.argv.slice(2);
await (kubeconfig === undefined ? bench() : measure(kubeconfig));
