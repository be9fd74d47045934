// What edges are made of and told.
import { expect, test } from 'vitest';
import { edgeContainer } from './container';
import { entranceRoutes } from './entrance';
import { routesFile, servicesFile } from './routes';

test('an edge may translate addresses and nothing more, and comes back unless it was stopped', () => {
  const body = edgeContainer({
    name: 'shop-external-load-balancer',
    image: 'kindest/node:v1.36.1',
    network: 'boathouse-shop',
    address: '10.77.0.127',
    ports: [{ address: '127.0.0.1', port: 41234, inside: 6443, protocol: 'tcp' }],
    labels: { some: 'label' },
  });
  expect(body).toMatchObject({
    Entrypoint: ['/bin/sh', '/edge/edge.sh'],
    // The node image's own is systemd's.
    StopSignal: 'SIGTERM',
    Labels: { some: 'label' },
    ExposedPorts: { '6443/tcp': {} },
    HostConfig: {
      CapAdd: ['NET_ADMIN'],
      RestartPolicy: { Name: 'unless-stopped' },
      PortBindings: { '6443/tcp': [{ HostIp: '127.0.0.1', HostPort: '41234' }] },
    },
    NetworkingConfig: { EndpointsConfig: { 'boathouse-shop': { IPAMConfig: { IPv4Address: '10.77.0.127' } } } },
  });
  expect(body.HostConfig).not.toHaveProperty('Privileged');
});

test('only several control planes are watched', () => {
  expect(entranceRoutes(['10.77.0.2'])).toMatchObject({ content: 'tcp 6443 none 10.77.0.2:6443\n' });
  expect(entranceRoutes(['10.77.0.2', '10.77.0.3'])).toEqual({
    path: '/edge/routes',
    content: 'tcp 6443 api 10.77.0.2:6443 10.77.0.3:6443\n',
  });
});

test('routes and the way to Services are lines', () => {
  const routes = [
    { protocol: 'tcp' as const, port: 80, check: 'node' as const, targets: ['10.77.0.2:30080'] },
    { protocol: 'udp' as const, port: 53, check: 'none' as const, targets: ['dns.shop:53'] },
  ];
  expect(routesFile(routes)).toMatchObject({ content: 'tcp 80 node 10.77.0.2:30080\nudp 53 none dns.shop:53\n' });
  const ways = [
    { subnet: '10.96.0.0/16', nodes: ['10.77.0.2', '10.77.0.3'] },
    { subnet: 'fd00:10:96::/112', nodes: ['fc00:1::2'] },
  ];
  expect(servicesFile(ways, '10.96.0.10')).toMatchObject({
    path: '/edge/services',
    content: '10.96.0.0/16 10.77.0.2 10.77.0.3\nfd00:10:96::/112 fc00:1::2\ndns 10.96.0.10\n',
  });
});
