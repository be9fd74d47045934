// Lists of a real API server: every kind by its own columns, live, of some namespaces; and one object closely.
import type { KubernetesObject } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { applyFeed, emptyFeed } from '../../../shared/model/feed';
import type { Column, KindRef, ObjectDetail, ObjectRow, RowsMessage } from '../../../shared/model/objects';
import { applyManifest } from '../kube/apply';
import type { Kube } from '../kube/connect';
import { apiServerIsMissing, startApiServer, type TestApiServer } from '../testing/api-server';
import { watchDetail } from './detail';
import { kindsOf } from './kinds';
import { type WantedRows, watchRows } from './rows';

const missing = apiServerIsMissing();
if (missing) console.log(`Skipped: lists of a real API server, because ${missing}`);

const pods: KindRef = { group: '', version: 'v1', resource: 'pods' };
const signal = () => AbortSignal.timeout(60_000);
const pod = (name: string, namespace = 'default', app = 'web'): KubernetesObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app } },
    spec: { containers: [{ name: 'c', image: 'i' }] },
  }) as KubernetesObject;

describe.skipIf(missing)('with a real API server', () => {
  let api: TestApiServer;
  let kube: Kube;

  beforeAll(async () => {
    api = await startApiServer();
    kube = api.kube;
    const namespaces = ['one', 'two'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
    await applyManifest(kube, namespaces, { signal: signal() });
  }, 120_000);
  afterAll(() => api.close());

  const create = (object: KubernetesObject) =>
    kube.call({ method: 'POST', path: `/api/v1/namespaces/${object.metadata?.namespace}/pods`, object }, signal());
  const remove = (name: string, namespace = 'default') =>
    kube.call(
      { method: 'DELETE', path: `/api/v1/namespaces/${namespace}/pods/${name}?gracePeriodSeconds=0` },
      signal(),
    );

  /** Follows a list until closed; `rows` are as they are now. */
  function open(wanted: Partial<WantedRows> = {}) {
    const stop = new AbortController();
    let feed = emptyFeed<ObjectRow>();
    const seen = { columns: [] as Column[], state: '', messages: [] as RowsMessage[] };
    const ended = (async () => {
      for await (const message of watchRows(async () => kube, { kind: pods, namespaces: [], ...wanted }, stop.signal)) {
        seen.messages.push(message);
        if (message.type === 'columns') seen.columns = message.columns;
        else if (message.type === 'state') seen.state = message.state;
        else feed = applyFeed(feed, message, ({ key }) => key);
      }
    })();
    const names = () => [...feed.items.keys()].sort();
    const close = () => {
      stop.abort();
      return ended;
    };
    return { seen, names, rows: () => feed.items, close };
  }

  test('its kinds, and one that somebody adds, by its own columns', async () => {
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'boats.harbour.example' },
      spec: {
        group: 'harbour.example',
        names: { kind: 'Boat', plural: 'boats', singular: 'boat', shortNames: ['bo'] },
        scope: 'Namespaced',
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            additionalPrinterColumns: [{ name: 'Sails', type: 'integer', jsonPath: '.spec.sails' }],
            schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
          },
        ],
      },
    };
    const boat = {
      apiVersion: 'harbour.example/v1',
      kind: 'Boat',
      metadata: { name: 'swan', namespace: 'default' },
      spec: { sails: 2 },
    };
    await applyManifest(kube, [definition, boat], { signal: signal() });
    const kinds = await kindsOf(kube, signal());
    const of = (resource: string) => kinds.find((kind) => kind.resource === resource);
    expect(of('pods')).toMatchObject({ group: '', version: 'v1', namespaced: true, custom: false, shortNames: ['po'] });
    expect(of('deployments')).toMatchObject({ group: 'apps', kind: 'Deployment', custom: false });
    expect(of('nodes')?.namespaced).toBe(false);
    const boats = of('boats');
    expect(boats).toMatchObject({ group: 'harbour.example', version: 'v1', custom: true });
    const list = open({ kind: boats ?? pods });
    await vi.waitFor(() => expect(list.names()).toEqual(['default/swan']));
    expect(list.seen.columns.map(({ name, type }) => [name, type])).toEqual([
      ['Name', 'string'],
      ['Sails', 'integer'],
    ]);
    expect([...list.rows().values()][0]?.cells).toEqual(['swan', 2]);
    await list.close();
  });

  test('every change comes by itself; more than one chunk is one list', async () => {
    const all = Array.from({ length: 620 }, (_none, index) => `many-${index}`);
    await Promise.all(all.map((name) => create(pod(name, 'one', 'many'))));
    const list = open();
    await vi.waitFor(() => expect(list.seen.state).toBe('live'), { timeout: 20_000 });
    expect(list.names()).toHaveLength(620);
    expect(list.seen.columns.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Name', 'Ready', 'Status', 'Age']),
    );
    await create(pod('new'));
    await vi.waitFor(() => expect(list.names()).toContain('default/new'));
    await remove('new');
    await vi.waitFor(() => expect(list.names()).not.toContain('default/new'));
    await list.close();
  });

  test('of some namespaces, by labels', async () => {
    await create(pod('a', 'two'));
    await create(pod('b', 'two', 'db'));
    const list = open({ namespaces: ['default', 'two'], labels: 'app in (web,db)' });
    await vi.waitFor(() => expect(list.names()).toEqual(['two/a', 'two/b']));
    await create(pod('c'));
    await vi.waitFor(() => expect(list.names()).toEqual(['default/c', 'two/a', 'two/b']));
    await list.close();
    const selected = open({ labels: 'app=db' });
    await vi.waitFor(() => expect(selected.names()).toEqual(['two/b']));
    await selected.close();
  });

  test('one object closely, until it is gone; a Secret keeps its values', async () => {
    await create(pod('close'));
    const { metadata } = await kube.get<KubernetesObject>('/api/v1/namespaces/default/pods/close', signal());
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'close.1', namespace: 'default' },
      involvedObject: { kind: 'Pod', name: 'close', namespace: 'default', uid: metadata?.uid },
      reason: 'FailedScheduling',
      message: 'no node',
      type: 'Warning',
    };
    const seen: ObjectDetail[] = [];
    const watching = (async () => {
      const wanted = { kind: pods, namespace: 'default', name: 'close', reveal: false };
      for await (const detail of watchDetail(kube, wanted, signal())) seen.push(detail);
    })();
    await vi.waitFor(() => expect(seen.at(-1)?.yaml).toContain('image: i'), { timeout: 5000 });
    await kube.call({ method: 'POST', path: '/api/v1/namespaces/default/events', object: event }, signal());
    await vi.waitFor(() => expect(seen.at(-1)?.events[0]?.reason).toBe('FailedScheduling'), { timeout: 5000 });
    await remove('close');
    await watching;
    expect(seen.at(-1)).toMatchObject({ name: 'close', kind: 'Pod', gone: true });

    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', namespace: 'default' },
      data: { k: 'dmFsdWU=' },
    };
    await applyManifest(kube, [secret], { signal: signal() });
    const wanted = { kind: { ...pods, resource: 'secrets' }, namespace: 'default', name: 's', reveal: false };
    const first = await watchDetail(kube, wanted, signal()).next();
    expect(JSON.stringify(first.value)).not.toContain('dmFsdWU=');
    await expect(watchDetail(kube, { ...wanted, name: 'none' }, signal()).next()).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
