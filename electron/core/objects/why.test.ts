// Pods that do not run, as Kubernetes describes them, and pods that are well.
import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { expect, it } from 'vitest';
import { whyNot } from './why';

const pod = (status: Partial<V1ContainerStatus>, more: Partial<NonNullable<V1Pod['status']>> = {}): V1Pod => ({
  metadata: { name: 'web-1', namespace: 'shop' },
  spec: { containers: [{ name: 'web', readinessProbe: { httpGet: { port: 80 } } }] },
  status: {
    containerStatuses: [{ name: 'web', image: 'web:dev', imageID: '', ready: false, restartCount: 4, ...status }],
    ...more,
  },
});
const waiting = (reason: string, last?: { exitCode: number; reason?: string }) => ({
  state: { waiting: { reason, message: `${reason} it says` } },
  ...(last && { lastState: { terminated: last } }),
});

it.each<[string, V1Pod, string, RegExp]>([
  ['ImagePullBackOff', pod(waiting('ImagePullBackOff')), 'image', /ImagePullBackOff it says/],
  ['ErrImageNeverPull', pod(waiting('ErrImageNeverPull')), 'image', /it says/],
  ['OOMKilled', pod(waiting('CrashLoopBackOff', { exitCode: 137, reason: 'OOMKilled' })), 'memory', /OOMKilled/],
  ['a crash', pod(waiting('CrashLoopBackOff', { exitCode: 3, reason: 'Error' })), 'crash', /Error/],
  ['an end that is none', pod(waiting('CrashLoopBackOff', { exitCode: 0, reason: 'Completed' })), 'ended', /Completed/],
  ['a program that is not there', pod(waiting('CrashLoopBackOff', { exitCode: 127 })), 'command', /it says/],
  ['a program that cannot start', pod(waiting('RunContainerError')), 'command', /it says/],
  ['a missing ConfigMap', pod(waiting('CreateContainerConfigError')), 'config', /it says/],
])('%s', (_name, given, code, evidence) => {
  const [why] = whyNot(given);
  expect(why?.said.code).toBe(code);
  expect(why?.next.code).toBe(`${code}-next`);
  expect(why?.evidence).toMatch(evidence);
});

it('names the image, the container and the command that shows its last words', () => {
  expect(whyNot(pod(waiting('ImagePullBackOff')))[0]?.next.text).toContain('boathouse images load NAME web:dev');
  const [crash] = whyNot(pod(waiting('CrashLoopBackOff', { exitCode: 3 })));
  expect(crash?.said.text).toBe('web ends again and again: code 3, 4 restarts.');
  expect(crash?.next.text).toContain('kubectl logs web-1 -n shop -c web --previous');
});

it('says that no node takes it, or that one has put it out', () => {
  const unschedulable = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes' };
  expect(whyNot({ status: { conditions: [unschedulable] } })).toMatchObject([
    { said: { code: 'no-node' }, evidence: '0/1 nodes' },
  ]);
  expect(whyNot(pod({}, { reason: 'Evicted', message: 'low on disk' }))).toMatchObject([{ said: { code: 'evicted' } }]);
});

it('tells one that runs and is not ready from one that has no probe', () => {
  const running = pod({ state: { running: {} } });
  expect(whyNot(running)[0]?.said.code).toBe('unready');
  expect(whyNot({ ...running, spec: { containers: [{ name: 'web' }] } })).toEqual([]);
});

it('has nothing to say of one that is well, on its way or done', () => {
  expect(whyNot(pod({ ready: true, state: { running: {} }, lastState: { terminated: { exitCode: 1 } } }))).toEqual([]);
  expect(whyNot(pod(waiting('ContainerCreating')))).toEqual([]);
  expect(whyNot(pod({ state: { terminated: { exitCode: 0, reason: 'Completed' } } }))).toEqual([]);
});
