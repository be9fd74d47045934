// Which ports of a project are forwarded, and how lines of pods are told.
import type { KubernetesObject } from '@kubernetes/client-node';
import { expect, it } from 'vitest';
import type { PortForward } from '../../../../shared/model/devloop/deployment';
import type { Project } from '../../../../shared/model/devloop/project';
import { lineOf } from './tail';
import { wishesOf } from './wishes';

const at = { file: '/p/skaffold.yaml', line: 1, column: 1 };
const declared = (forward: Partial<PortForward>): PortForward => ({
  resourceType: 'service',
  resourceName: 'web',
  port: 80,
  address: '127.0.0.1',
  at,
  ...forward,
});
const service = (name: string, spec: object, namespace?: string) =>
  ({ kind: 'Service', metadata: { name, namespace }, spec: { selector: { app: name }, ...spec } }) as KubernetesObject;
const wishes = (portForwards: PortForward[], ...objects: KubernetesObject[]) =>
  wishesOf({ modules: [{ portForwards }] } as unknown as Project, objects, 'dev').map((wish) => {
    const { target, port, localPort, declared, scheme } = wish;
    const to = target ? `${target.namespace}/${target.kind}/${target.name}:${port}` : 'nowhere';
    return [to, localPort, declared, scheme];
  });

it('takes every port of Services that have pods', () => {
  const objects = [
    service('web', { ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }] }),
    service('db', { ports: [{ name: 'postgres', port: 5432 }] }, 'data'),
    service('tls', { ports: [{ name: 'https', port: 9000 }] }),
    service('outside', { type: 'ExternalName', ports: [{ port: 80 }] }),
    service('by-hand', { selector: undefined, ports: [{ port: 80 }] }),
    { kind: 'ConfigMap', metadata: { name: 'web' } },
  ];
  expect(wishes([], ...objects)).toEqual([
    ['dev/service/web:80', undefined, false, 'http'],
    ['data/service/db:5432', undefined, false, undefined],
    ['dev/service/tls:9000', undefined, false, 'https'],
  ]);
});

it('takes what is declared as it is declared, and no port twice', () => {
  const web = service('web', { ports: [{ name: 'http', port: 80 }, { port: 9999 }] });
  expect(wishes([declared({ port: 'http', localPort: 8080 })], web)).toEqual([
    ['dev/service/web:http', 8080, true, 'http'],
    ['dev/service/web:9999', undefined, false, undefined],
  ]);
  const others = [
    declared({ resourceType: 'deployment', port: 3000 }),
    declared({ resourceType: 'pod', namespace: 'x', port: 22 }),
    declared({ resourceType: 'ingress' }),
  ];
  expect(wishes(others)).toEqual([
    ['dev/deployment/web:3000', undefined, true, 'http'],
    ['x/pod/web:22', undefined, true, undefined],
    ['nowhere', undefined, true, 'http'],
  ]);
});

const from = { pod: 'web-1', container: 'app' };
it.each([
  [{ prefix: 'auto', fields: [] }, 'plain', { subject: 'web-1', container: 'app', text: 'plain' }],
  [{ prefix: 'container', fields: [] }, 'plain', { subject: 'app', text: 'plain' }],
  [{ prefix: 'none', fields: ['msg'] }, '{"msg":"up","n":1}', { text: 'msg: up' }],
  [{ prefix: 'none', fields: ['n', 'msg'] }, '{"msg":"up","n":1}', { text: 'n: 1, msg: up' }],
  [{ prefix: 'none', fields: ['msg'] }, '{broken', { text: '{broken' }],
  [{ prefix: 'none', fields: ['other'] }, '{"msg":"up"}', { text: '{"msg":"up"}' }],
] as const)('tells lines by %j', (style, text, line) => expect(lineOf(from, text, style)).toEqual(line));
