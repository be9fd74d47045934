// What is sent to older API servers, which do not know the protocol of a port unless it is said.
import type { KubernetesObject } from '@kubernetes/client-node';
import { expect, it } from 'vitest';
import { withProtocols } from './server-apply';

it('says the protocol of ports, and leaves what is said alone', () => {
  const service = { apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }] } };
  expect(withProtocols(service)).toMatchObject({
    spec: {
      ports: [
        { port: 80, protocol: 'TCP' },
        { port: 53, protocol: 'UDP' },
      ],
    },
  });
  const template = { spec: { containers: [{ ports: [{ containerPort: 1 }] }], initContainers: [{}] } };
  const cron = { kind: 'CronJob', spec: { jobTemplate: { spec: { template } } } } as KubernetesObject;
  expect(JSON.stringify(withProtocols(cron))).toContain('{"containerPort":1,"protocol":"TCP"}');
});

it('leaves other kinds and broken objects as they are', () => {
  for (const object of [
    { kind: 'ConfigMap', data: { ports: 'x' } },
    { kind: 'Service', spec: { ports: 'many' } },
    { kind: 'Deployment', spec: {} },
  ] as unknown as KubernetesObject[]) {
    expect(withProtocols(object)).toEqual(object);
  }
});
