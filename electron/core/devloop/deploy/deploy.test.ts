// What a loop does to manifests before they are applied: images, touches, labels, and where documents begin.
import type { KubernetesObject } from '@kubernetes/client-node';
import { expect, it } from 'vitest';
import { touchesSchema } from '../../../../shared/model/devloop/loop';
import { nodeReference, registryReference } from '../deliver/deliver';
import { withImages } from './images';
import { isOthers } from './own-namespace';
import { touched } from './touches';

const deployment = (container: object, kind = 'Deployment') =>
  ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'web' },
    spec: { template: { spec: { containers: [container] } } },
  }) as KubernetesObject;
const containerOf = (object: KubernetesObject) =>
  (object as unknown as { spec: { template: { spec: { containers: Record<string, unknown>[] } } } }).spec.template.spec
    .containers[0];
const built = new Map([['team/web', 'team/web:dev-1']]);

it.each([
  ['team/web', true],
  ['team/web:latest', true],
  ['docker.io/team/web:1@sha256:0000000000000000000000000000000000000000000000000000000000000000', true],
  ['team/web2', false],
  ['registry.example/team/web', false],
])('%s is replaced: %s', (image, replaced) => {
  const used = new Set<string>();
  const object = withImages(deployment({ image, imagePullPolicy: 'Always' }), built, used);
  expect(containerOf(object)).toEqual(
    replaced ? { image: 'team/web:dev-1', imagePullPolicy: 'IfNotPresent' } : { image, imagePullPolicy: 'Always' },
  );
  expect(used.size).toBe(replaced ? 1 : 0);
});

it('leaves the data of ConfigMaps alone, whatever its keys are called', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', data: { image: 'team/web' } };
  expect(withImages(object, built, new Set())).toEqual(object);
});

it('makes pods end and answer sooner, and ask for nothing, each only if it is wanted', () => {
  const container = {
    resources: { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m', 'example/gpu': '1' } },
    readinessProbe: { periodSeconds: 20, initialDelaySeconds: 10 },
    livenessProbe: { periodSeconds: 20 },
  };
  const all = touched(deployment(container), touchesSchema.parse({}), 'loop');
  expect(containerOf(all)).toEqual({
    resources: { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '0', memory: '0', 'example/gpu': '1' } },
    readinessProbe: { periodSeconds: 1, initialDelaySeconds: 0, failureThreshold: 70 },
    livenessProbe: { periodSeconds: 20 },
  });
  expect(all).toMatchObject({
    metadata: { labels: { 'dev.boathouse.loop': 'loop' } },
    spec: {
      template: { metadata: { labels: { 'dev.boathouse.loop': 'loop' } }, spec: { terminationGracePeriodSeconds: 0 } },
    },
  });
  const none = touched(
    deployment(container),
    { noGrace: false, quickProbes: false, noRequests: false, restart: false },
    'loop',
  );
  expect(containerOf(none)).toEqual(container);
  expect(JSON.stringify(none)).not.toContain('terminationGracePeriodSeconds');
});

it('names images by what is in them', () => {
  const image = { image: 'registry.example:5000/team/web', id: `sha256:${'ab'.repeat(32)}` };
  expect(nodeReference(image)).toBe('registry.example:5000/team/web:dev-abababababababab');
  expect(registryReference(image, 'localhost:5001')).toBe('localhost:5001/team/web:dev-abababababababab');
});

it.each([
  ['Deployment', { name: 'web', labels: { 'dev.boathouse.loop': 'loop' } }, false],
  ['ReplicaSet', { name: 'web-1', ownerReferences: [{}] }, false],
  ['Secret', { name: 'default-token-x', annotations: { 'kubernetes.io/service-account.name': 'default' } }, false],
  ['ConfigMap', { name: 'kube-root-ca.crt' }, false],
  ['Deployment', { name: 'web', labels: { 'dev.boathouse.loop': 'another' } }, true],
  ['PersistentVolumeClaim', { name: 'data' }, true],
  ['ServiceAccount', { name: 'mine' }, true],
])('%s %j keeps the namespace of a loop: %s', (kind, metadata, keeps) => {
  expect(isOthers(kind, { kind, metadata } as KubernetesObject, 'loop')).toBe(keeps);
});
