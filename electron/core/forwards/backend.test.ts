// Which port of which pod a connection goes to, and what is said where there is none.
import type { V1Pod, V1Service } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import type { AppError } from '../../../shared/model/errors';
import type { NamedTarget } from '../../../shared/model/pod-target';
import { chosenPort, podToUse, portOn, whyNone } from './backend';

const pod = (
  name: string,
  more: { ready?: boolean; leaving?: boolean; phase?: string; waiting?: string } = {},
): V1Pod => ({
  metadata: { name, ...(more.leaving && { deletionTimestamp: new Date() }) },
  spec: {
    containers: [
      {
        name: 'a',
        ports: [
          { containerPort: 8080, name: 'http' },
          { containerPort: 53, protocol: 'UDP' },
        ],
      },
      { name: 'b', ports: [{ containerPort: 9090, name: 'metrics' }] },
    ],
  },
  status: {
    phase: more.phase ?? 'Running',
    conditions: [{ type: 'Ready', status: more.ready === false ? 'False' : 'True' }],
    ...(more.waiting && {
      containerStatuses: [
        {
          name: 'a',
          image: 'i',
          imageID: '',
          ready: false,
          restartCount: 1,
          state: { waiting: { reason: more.waiting } },
        },
      ],
    }),
  },
});
const service: V1Service = {
  spec: {
    selector: { app: 'web' },
    ports: [
      { port: 80, name: 'main', targetPort: 'http' },
      { port: 81, targetPort: 7000 },
      { port: 53, protocol: 'UDP' },
    ],
  },
};
const of = (kind: NamedTarget['kind']): NamedTarget => ({ namespace: 'shop', kind, name: 'web' });
const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error as AppError;
  }
  throw new Error('it was taken');
};

test('of a workload the first pod that is ready and stays; of a pod that was named, also one that is not ready', () => {
  const pods = [pod('leaving', { leaving: true }), pod('starting', { ready: false }), pod('good')];
  expect(podToUse(pods, of('deployment'))?.metadata?.name).toBe('good');
  expect(podToUse([pod('starting', { ready: false })], of('deployment'))).toBeUndefined();
  expect(podToUse([pod('web', { ready: false })], of('pod'))?.metadata?.name).toBe('web');
  expect(podToUse([pod('web', { phase: 'Succeeded' })], of('pod'))).toBeUndefined();
});

test('where none takes connections it is said of each why', () => {
  const pods = [
    pod('a', { ready: false, waiting: 'CrashLoopBackOff' }),
    pod('b', { leaving: true }),
    pod('c', { phase: 'Pending' }),
  ];
  expect(whyNone(pods, of('deployment')).message).toBe(
    'No pod of deployment/web takes connections: a is CrashLoopBackOff, b is Terminating, c is Pending',
  );
  expect(whyNone([], of('service')).message).toContain('there is none');
});

test('ports of a Service lead to those of its pods, by number and by name', () => {
  expect(portOn(pod('p'), service, of('service'), 80)).toBe(8080);
  expect(portOn(pod('p'), service, of('service'), 'main')).toBe(8080);
  expect(portOn(pod('p'), service, of('service'), 81)).toBe(7000);
  expect(portOn(pod('p'), {}, of('pod'), 'metrics')).toBe(9090);
  expect(portOn(pod('p'), {}, of('pod'), 1234)).toBe(1234);
});

test('a port that a target does not have is refused with those it has; the only one need not be named', () => {
  const pods = [pod('one'), pod('two')];
  expect(refusal(() => chosenPort(service, pods, of('service'), 8080)).hints[0]?.text).toBe(
    'The ports there are: 80 (main), 81',
  );
  expect(refusal(() => chosenPort({}, pods, of('deployment'), undefined)).message).toBe(
    'Which port of deployment/web?',
  );
  expect(refusal(() => chosenPort({}, pods, of('deployment'), 'grpc')).hints[0]?.text).toBe(
    'The ports there are: 8080 (http), 9090 (metrics)',
  );
  expect(chosenPort({}, pods, of('deployment'), 7777)).toBe(7777);
  const single: V1Service = { spec: { selector: {}, ports: [{ port: 80 }] } };
  expect(chosenPort(single, pods, of('service'), undefined)).toBe(80);
});
