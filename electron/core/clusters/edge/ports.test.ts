// What the edge of a port is called and told, and how open ports are read back.
import { expect, test } from 'vitest';
import { portSchema } from '../../../../shared/model/template/ports';
import type { ListedContainer } from '../listed';
import { openPortsOf } from './open-ports';
import { type PortsOf, portContainerName, portFiles } from './ports';

const of: PortsOf = {
  cluster: 'shop',
  image: 'kindest/node',
  network: { name: 'boathouse-shop', subnet: '10.77.0.0/24' },
  serviceSubnet: '10.96.0.0/16',
  nodes: [
    { name: 'shop-control-plane', address: '10.77.0.2' },
    { name: 'shop-worker', address: '10.77.0.3', pool: 'web' },
    { name: 'shop-worker2', address: '10.77.0.4', pool: 'web' },
  ],
};
const port = (to: object, more: object = {}) => portSchema.parse({ hostPort: 8080, to, ...more });
const lines = (to: object, more?: object) =>
  portFiles(of, port(to, more)).map((file) => ('content' in file ? file.content : ''));

test('a NodePort is served by any node that is up', () => {
  const targets = '10.77.0.2:30080 10.77.0.3:30080 10.77.0.4:30080';
  expect(lines({ nodePort: 30080 })).toEqual([`tcp 8080 node ${targets}\n`]);
});

test.each([
  ['worker', ['10.77.0.3']],
  ['shop-worker2', ['10.77.0.4']],
  ['web', ['10.77.0.3', '10.77.0.4']],
  ['all', ['10.77.0.2', '10.77.0.3', '10.77.0.4']],
])('a port of %s', (node, addresses) => {
  const targets = addresses.map((address) => `${address}:53`).join(' ');
  expect(lines({ node, port: 53 }, { protocol: 'UDP' })).toEqual([`udp 8080 node ${targets}\n`]);
});

test('a Service is found by its name, over any node', () => {
  expect(lines({ service: 'web', namespace: 'shop', port: 80 })).toEqual([
    'tcp 8080 none web.shop:80\n',
    '10.96.0.0/16 10.77.0.2 10.77.0.3 10.77.0.4\ndns 10.96.0.10\n',
  ]);
});

const ipv6 = { network: { ...of.network, ipv6Subnet: 'fc00:1::/64' }, serviceSubnet: 'fd00:10:96::/112' };

test('where Services are IPv6, nodes serve their ports and lead to Services at their IPv6 addresses', () => {
  const [routes] = portFiles({ ...of, ...ipv6 }, port({ node: 'web', port: 80 }));
  expect(routes).toMatchObject({ content: 'tcp 8080 node [fc00:1::3]:80 [fc00:1::4]:80\n' });
  const [, services] = portFiles({ ...of, ...ipv6 }, port({ service: 'web', port: 80 }));
  expect(services).toMatchObject({
    content: 'fd00:10:96::/112 fc00:1::2 fc00:1::3 fc00:1::4\ndns fd00:10:96::a\n',
  });
});

test('of a dual-stack cluster Services of both families are reached, the first one first', () => {
  const dual = { ...ipv6, serviceSubnet: '10.96.0.0/16,fd00:10:96::/112' };
  const [, services] = portFiles({ ...of, ...dual }, port({ service: 'web', port: 80 }));
  expect(services).toMatchObject({
    content:
      '10.96.0.0/16 10.77.0.2 10.77.0.3 10.77.0.4\nfd00:10:96::/112 fc00:1::2 fc00:1::3 fc00:1::4\ndns 10.96.0.10\n',
  });
  const [routes] = portFiles({ ...of, ...dual }, port({ node: 'worker', port: 80 }));
  expect(routes).toMatchObject({ content: 'tcp 8080 node 10.77.0.3:80\n' });
});

test('a node that there is not', () => {
  expect(() => lines({ node: 'worker9', port: 80 })).toThrow(expect.objectContaining({ code: 'bad-input' }));
});

test('no two ports have one name', () => {
  const names = [
    port({ nodePort: 1 }),
    port({ nodePort: 1 }, { protocol: 'UDP' }),
    port({ nodePort: 1 }, { hostAddress: '0.0.0.0' }),
    port({ nodePort: 1 }, { hostAddress: '::1' }),
  ].map((one) => portContainerName('shop', one));
  expect(names).toEqual(['shop-port-8080', 'shop-port-8080-udp', 'shop-port-8080-at-0.0.0.0', 'shop-port-8080-at-__1']);
});

test('open ports are read from labels, by cluster and in order', () => {
  const container = (Id: string, label: string): ListedContainer => ({
    Id,
    Names: [`/${Id}`],
    Image: 'kindest/node',
    State: 'running',
    Created: 0,
    Labels: { 'dev.boathouse.cluster': 'shop', 'dev.boathouse.port': label },
    Ports: [],
  });
  const text = (hostPort: number) => JSON.stringify(port({ nodePort: 30080 }, { hostPort }));
  const found = openPortsOf([container('b', text(9000)), container('a', text(80)), container('c', 'not a port')]);
  expect(found.get('shop')).toMatchObject([
    { hostPort: 80, name: 'a', containerId: 'a', state: 'running', to: { nodePort: 30080 } },
    { hostPort: 9000, name: 'b' },
  ]);
});
