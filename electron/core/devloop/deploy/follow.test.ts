// When a cluster counts as away: not when a watch breaks, but when nothing answers.
import type { KubernetesObject } from '@kubernetes/client-node';
import { afterEach, expect, it, vi } from 'vitest';
import type { Kube } from '../../kube/connect';
import { followCluster, missingOf } from './follow';

const ended = new AbortController();
afterEach(() => vi.useRealTimers());

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'dev', generation: 1 },
  spec: { replicas: 1 },
  status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 },
} as KubernetesObject;

/** A cluster whose watches of some resources break as they are told to. */
function cluster({ broken, answers }: { broken: (path: string) => string | undefined; answers: () => boolean }) {
  const asked: string[] = [];
  const kube = {
    async *watch(path: string, signal: AbortSignal) {
      const why = broken(path);
      if (why) throw new Error(why);
      yield new Map(path.includes('/deployments') ? [['dev/web', deployment]] : []);
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    },
    async get(path: string) {
      asked.push(path);
      if (!answers()) throw new Error('connect ECONNREFUSED');
      return {};
    },
  } as unknown as Kube;
  return { kube, asked };
}

it('is there while it answers, whatever watch breaks, and tells which cannot be followed', async () => {
  const { kube, asked } = cluster({
    broken: (path) => (path.includes('/deployments') ? 'deployments is forbidden' : undefined),
    answers: () => true,
  });
  const view = followCluster(kube, 'loop', ended.signal);
  view.include(['dev']);
  await vi.waitFor(() => expect(view.refusal('Deployment', 'dev')).toBe('deployments is forbidden'));
  expect(view.trouble()).toBeUndefined();
  expect(asked).toEqual(['/version']);
  const { waits } = missingOf(view, [{ ...deployment, name: 'web', namespace: 'dev' } as never], new Set());
  expect(waits.map(({ text }) => text)).toEqual(['deployment/web cannot be followed: deployments is forbidden']);
});

it('is away when it does not answer either, and back with the next watch that opens', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let away = true;
  const { kube, asked } = cluster({
    broken: () => (away ? 'socket hang up' : undefined),
    answers: () => !away,
  });
  const changes: (string | undefined)[] = [];
  const view = followCluster(kube, 'loop', ended.signal, () => changes.push(view.trouble()));
  view.include(['dev', 'dev']);
  await vi.waitFor(() => expect(changes).toHaveLength(4));
  expect(new Set(changes)).toEqual(new Set(['connect ECONNREFUSED']));
  // One question for all that broke at once.
  expect(asked).toHaveLength(1);
  away = false;
  await vi.advanceTimersByTimeAsync(1000);
  await vi.waitFor(() =>
    expect(view.workload({ ...deployment, kind: 'Deployment', name: 'web', namespace: 'dev' } as never)).toBe(
      deployment,
    ),
  );
  expect(view.trouble()).toBeUndefined();
});

it('is away when it is frozen: no watch breaks, and nothing answers twice in a row', async () => {
  vi.useFakeTimers();
  let answers = false;
  const { kube, asked } = cluster({ broken: () => undefined, answers: () => answers });
  const changed = vi.fn();
  const view = followCluster(kube, 'loop', ended.signal, changed);
  const over = new AbortController();
  const attending = view.attend(over.signal);
  await vi.advanceTimersByTimeAsync(3500);
  expect(view.trouble()).toBeUndefined();
  answers = true;
  await vi.advanceTimersByTimeAsync(3000);
  answers = false;
  await vi.advanceTimersByTimeAsync(3000);
  expect([view.trouble(), asked.length]).toEqual([undefined, 3]);
  await vi.advanceTimersByTimeAsync(3000);
  await attending;
  expect(view.trouble()).toBe('connect ECONNREFUSED');
  expect(changed).toHaveBeenCalledOnce();
  // Nothing is asked once nobody waits any more.
  over.abort();
  await view.attend(over.signal);
  expect(asked).toHaveLength(4);
});

it('is asked after a failure only until it answers', async () => {
  vi.useFakeTimers();
  const { kube, asked } = cluster({ broken: () => undefined, answers: () => true });
  const attending = followCluster(kube, 'loop', ended.signal).attend(ended.signal, true);
  await vi.advanceTimersByTimeAsync(20_000);
  await attending;
  expect(asked).toHaveLength(1);
});
