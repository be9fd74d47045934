// What is in a cluster for the stand-in: pods of every fate, a few other kinds, one object closely.
import { ORPCError } from '@orpc/client';
import type { Client } from '../../shared/contract';
import { AppError } from '../../shared/model/errors';
import type { ApiKind, ObjectDetail, ObjectRow, RowsMessage } from '../../shared/model/objects';
import { createTopic } from './stand-in-topic';

const kind = (group: string, resource: string, name: string, more: Partial<ApiKind> = {}): ApiKind => ({
  group,
  version: 'v1',
  resource,
  kind: name,
  namespaced: true,
  custom: false,
  shortNames: [],
  ...more,
});

export const sampleKinds: ApiKind[] = [
  kind('', 'pods', 'Pod'),
  kind('', 'secrets', 'Secret'),
  kind('', 'nodes', 'Node', { namespaced: false }),
  kind('', 'namespaces', 'Namespace', { namespaced: false }),
  kind('apps', 'deployments', 'Deployment'),
  kind('harbour.example', 'boats', 'Boat', { custom: true }),
];

const fates = ['Running', 'Running', 'Running', 'Pending', 'CrashLoopBackOff', 'Completed', 'ImagePullBackOff'];

function rowsOf(resource: string): ObjectRow[] {
  if (resource === 'namespaces') {
    return ['default', 'kube-system', 'shop'].map((name) => ({ key: `/${name}`, name, cells: [name, 'Active', null] }));
  }
  const count = resource === 'pods' ? 120 : 3;
  return Array.from({ length: count }, (_none, index) => {
    const namespace = ['default', 'kube-system', 'shop'][index % 3] ?? 'default';
    const name = `${['web', 'api', 'checkout', 'db'][index % 4]}-${index}`;
    const createdAt = new Date(Date.now() - (index + 1) ** 2 * 40_000).toISOString();
    const cells =
      resource === 'pods' ? [name, '1/1', fates[index % fates.length] ?? '', index % 5, createdAt] : [name, createdAt];
    return {
      key: `${namespace}/${name}`,
      name,
      namespace,
      cells,
      createdAt,
      labels: { app: name.split('-')[0] ?? '' },
    };
  });
}

function columnsOf(resource: string): Extract<RowsMessage, { type: 'columns' }> {
  const names = { pods: ['Name', 'Ready', 'Status', 'Restarts', 'Age'], namespaces: ['Name', 'Status', 'Age'] };
  const columns = (names[resource as keyof typeof names] ?? ['Name', 'Age']).map((name) => ({
    name,
    type: name === 'Age' ? 'date' : name === 'Restarts' ? 'integer' : 'string',
    priority: 0,
  }));
  return { type: 'columns', columns };
}

/** A pod whose container ends again and again. */
export function sampleDetail(name: string, more: Partial<ObjectDetail> = {}): ObjectDetail {
  return {
    name,
    namespace: 'shop',
    kind: 'Pod',
    createdAt: '2026-03-14T09:26:53Z',
    labels: { app: 'checkout', tier: 'back' },
    annotations: {},
    conditions: [
      {
        type: 'Ready',
        status: 'False',
        reason: 'ContainersNotReady',
        message: 'containers with unready status: [web]',
      },
      { type: 'PodScheduled', status: 'True' },
    ],
    why: [
      {
        said: {
          code: 'crash',
          params: { container: 'web', code: 3, count: 14, pod: name, namespace: 'shop' },
          text: 'web ends again and again: code 3, 14 restarts.',
        },
        next: {
          code: 'crash-next',
          params: { container: 'web', pod: name, namespace: 'shop' },
          text: `See what it said last: kubectl logs ${name} -n shop -c web --previous`,
        },
        evidence: 'Error: back-off 5m0s restarting failed container',
      },
    ],
    containers: ['web', 'proxy'],
    owners: [
      { kind: 'ReplicaSet', name: 'checkout-5d8f' },
      { kind: 'Deployment', name: 'checkout' },
    ],
    events: [
      {
        type: 'Warning',
        reason: 'BackOff',
        message: 'Back-off restarting failed container',
        count: 14,
        at: '2026-03-14T09:40:00Z',
      },
      { type: 'Normal', reason: 'Pulled', message: 'Container image "web:dev" already present on machine', count: 1 },
    ],
    yaml: `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n`,
    now: {},
    gone: false,
    ...more,
  };
}

export function objectsStandIn(enter: (call: string, input?: unknown) => void): Client['objects'] {
  /** Those that were looked at until they were deleted. */
  const deleted = new Set<string>();
  return {
    kinds: async () => {
      enter('objects.kinds');
      return sampleKinds;
    },
    rows: async ({ kind: { resource }, namespaces = [] }, call) => {
      enter('objects.rows');
      const items = rowsOf(resource).filter(
        ({ namespace }) => namespaces.length === 0 || namespaces.includes(namespace ?? ''),
      );
      const topic = createTopic<RowsMessage>(() => columnsOf(resource));
      const opened = topic.open(call?.signal);
      topic.send({ type: 'snapshot', revision: 1, items });
      topic.send({ type: 'state', state: 'live' });
      return opened;
    },
    detail: async ({ name, reveal }, call) => {
      enter('objects.detail');
      const shown = reveal ? 'password: c2VjcmV0' : 'password: "[hidden]"';
      const more = name.startsWith('api') ? { kind: 'Secret', yaml: `data:\n  ${shown}\n` } : {};
      const topic = createTopic<ObjectDetail>(() => sampleDetail(name, more));
      if (!name.startsWith('leaving')) return topic.open(call?.signal);
      if (deleted.has(name)) {
        const gone = new AppError('not-found', `There is no pods ${name}`, { params: { what: name } });
        throw new ORPCError('APP_ERROR', { status: 500, data: gone.toData() });
      }
      deleted.add(name);
      const opened = topic.open(call?.signal);
      topic.send({ ...sampleDetail(name, more), gone: true });
      topic.end();
      return opened;
    },
  };
}
