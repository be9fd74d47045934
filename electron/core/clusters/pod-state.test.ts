// Pods in one word, as kubelets and the scheduler report them.
import type { V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { podOf } from './pod-state';

const ready = (status: string) => [{ type: 'Ready', status }];
const container = (state: object, more: object = {}) => ({
  ...{ name: 'c', image: 'i', imageID: '', ready: false, restartCount: 0 },
  ...more,
  state,
});

test.each<[string, V1Pod['status'] | undefined, string]>([
  ['runs', { phase: 'Running', conditions: ready('True') }, 'running'],
  ['is being probed', { phase: 'Running', conditions: ready('False') }, 'starting'],
  ['was just made', undefined, 'starting'],
  [
    'pulls',
    { phase: 'Pending', containerStatuses: [container({ waiting: { reason: 'ContainerCreating' } })] },
    'starting',
  ],
  [
    'has no image',
    { phase: 'Pending', containerStatuses: [container({ waiting: { reason: 'ImagePullBackOff' } })] },
    'broken ImagePullBackOff',
  ],
  [
    'fails before it begins',
    { phase: 'Pending', initContainerStatuses: [container({ waiting: { reason: 'CrashLoopBackOff' } })] },
    'broken CrashLoopBackOff',
  ],
  [
    'ended, and is tried again',
    {
      phase: 'Running',
      conditions: ready('False'),
      containerStatuses: [container({ terminated: { exitCode: 1, reason: 'Error' } }, { restartCount: 2 })],
    },
    'broken Error',
  ],
  [
    'has no place',
    {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }],
    },
    'broken Unschedulable',
  ],
  ['was evicted', { phase: 'Failed', reason: 'Evicted' }, 'broken Evicted'],
  ['has done its work', { phase: 'Succeeded' }, 'done'],
])('one that %s', (_what, status, expected) => {
  const pod: V1Pod = { metadata: { name: 'web', namespace: 'shop' }, ...(status && { status }) };
  const { state, reason } = podOf(pod);
  expect([state, reason].filter(Boolean).join(' ')).toBe(expected);
});

test('one that was told to go is ending, whatever else', () => {
  const metadata = { name: 'web', namespace: 'shop', deletionTimestamp: new Date() };
  const status = { phase: 'Running', conditions: ready('True') };
  expect(podOf({ metadata, spec: { containers: [], nodeName: 'n' }, status })).toEqual({
    namespace: 'shop',
    name: 'web',
    node: 'n',
    state: 'ending',
  });
});
