// Objects are created as they are written, in an order that works, and a refusal names its object.
import type { KubernetesObject } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import type { Kube } from './connect';
import { createObjects } from './create';
import { Refusal } from './request';

const resources = [
  { name: 'namespaces', kind: 'Namespace', namespaced: false },
  { name: 'configmaps', kind: 'ConfigMap', namespaced: true },
  { name: 'networkpolicies', kind: 'NetworkPolicy', namespaced: true },
  { name: 'networkpolicies/status', kind: 'NetworkPolicy', namespaced: true },
];

/** An API that knows these kinds, and answers what it is sent with a code; undefined accepts. */
function api(answer: (object: KubernetesObject) => number | undefined) {
  const sent: { path: string; object: object }[] = [];
  const asked: string[] = [];
  const kube = {
    async get(path: string) {
      asked.push(path);
      return { resources };
    },
    async send(_method: string, path: string, object: KubernetesObject) {
      sent.push({ path, object });
      const code = answer(object);
      if (code !== undefined) throw new Refusal(code, 'no');
    },
  };
  return { sent, asked, kube: kube as unknown as Kube };
}

const signal = new AbortController().signal;
const objects = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'page' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other', namespace: 'hello' } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'hello' } },
];

test('namespaces come first, what exists stays, and each kind is looked up once', async () => {
  const { kube, sent, asked } = api(({ kind }) => (kind === 'Namespace' ? 409 : undefined));
  await createObjects(kube, objects, signal);
  expect(sent.map(({ path }) => path)).toEqual([
    '/api/v1/namespaces',
    '/api/v1/namespaces/default/configmaps',
    '/api/v1/namespaces/hello/configmaps',
  ]);
  expect(asked).toEqual(['/api/v1', '/api/v1']);
});

test('fields that a library would rename or not know travel as they are written', async () => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'web', namespace: 'hello' },
    spec: { ingress: [{ from: [{ podSelector: {} }] }], 'x-kubernetes-of-tomorrow': { default: true } },
  };
  const { kube, sent } = api(() => undefined);
  await createObjects(kube, [policy], signal);
  expect(sent).toEqual([{ path: '/apis/networking.k8s.io/v1/namespaces/hello/networkpolicies', object: policy }]);
});

test('a refusal names the object', async () => {
  await expect(createObjects(api(() => 422).kube, objects, signal)).rejects.toMatchObject({
    code: 'kubernetes-refused',
    message: 'Kubernetes refused Namespace hello: no',
  });
});
