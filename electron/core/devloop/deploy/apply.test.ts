// What an applier tells and waits for, beside a cluster of which each answer is given by hand.
import type { KubernetesObject } from '@kubernetes/client-node';
import { expect, it } from 'vitest';
import type { Kube } from '../../kube/connect';
import { Refusal } from '../../kube/request';
import { createApplier } from './apply';
import { loopLabel, touched } from './touches';

interface Call {
  method: string;
  path: string;
  object?: KubernetesObject;
}

/** Objects by path, as the API keeps them; changes are answered when `answer` lets them. */
function cluster(answer: () => Promise<void> = async () => {}) {
  const objects = new Map<string, KubernetesObject>();
  const changes: string[] = [];
  const aborted = (signal: AbortSignal) =>
    new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
  const kube = {
    get: async () => ({ resources: [{ name: 'configmaps', kind: 'ConfigMap', namespaced: true }] }),
    async call({ method, path, object }: Call, signal: AbortSignal) {
      signal.throwIfAborted();
      const [place = ''] = path.split('?');
      if (method === 'GET') {
        const found = place.endsWith('/namespaces/dev') ? {} : objects.get(place);
        if (!found) throw new Refusal(404, 'not found');
        return found;
      }
      changes.push(`${method} ${place.split('/').at(-1)}`);
      await Promise.race([answer(), aborted(signal)]);
      if (method === 'DELETE') objects.delete(place);
      else if (object) objects.set(place, { ...object, metadata: { ...object.metadata, uid: 'u' } });
      return object;
    },
  } as unknown as Kube;
  return { kube, objects, changes };
}
const rendered = (name: string) => ({
  object: touched(
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } },
    { noGrace: false, quickProbes: false, noRequests: false, restart: false },
    'loop',
  ),
  place: { file: '/k8s.yaml', line: 1, column: 1 },
});

it('tells of each object before it is made, so that one that was made by half is known', async () => {
  const stop = new AbortController();
  const { kube, changes } = cluster(async () => stop.abort());
  const told: string[] = [];
  const applying = createApplier(kube, 'dev', 'loop').apply([rendered('a'), rendered('b')], false, stop.signal, (id) =>
    told.push(`${id.namespace}/${id.name}`),
  );
  await expect(applying).rejects.toThrow();
  expect(changes).toEqual(['PATCH a']);
  expect(told).toEqual(['dev/a', 'dev/b']);
});

it('waits for a change that was sent, so that it cannot come after what the next round does', async () => {
  const stop = new AbortController();
  let answered = false;
  const { kube, objects } = cluster(async () => {
    stop.abort();
    await new Promise((resolve) => setTimeout(resolve, 50));
    answered = true;
  });
  const applier = createApplier(kube, 'dev', 'loop');
  await expect(applier.apply([rendered('a'), rendered('b')], false, stop.signal, () => {})).rejects.toThrow();
  expect(answered).toBe(true);
  expect([...objects.values()].map(({ metadata }) => metadata?.labels?.[loopLabel])).toEqual(['loop']);
});
