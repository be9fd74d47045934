// The routing table of Linux.
import { expect, test } from 'vitest';
import { hostRoutes, parseRoutes } from './host-routes';
import { readRange } from './subnet';

const table = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
tun0\t00000080\t0100080A\t0003\t0\t0\t0\t00000080\t0\t0\t0
docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
tun0\t0100080A\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0
tun0\t0000C0AC\t00000000\t0001\t0\t0\t0\t0000F0FF\t0\t0\t0
`;

test('destinations and masks are read; what stands for a default route is left out', () => {
  expect(parseRoutes(table)).toEqual([
    { device: 'docker0', subnet: '172.17.0.0/16' },
    { device: 'eth0', subnet: '192.168.1.0/24' },
    { device: 'tun0', subnet: '10.8.0.1/32' },
    { device: 'tun0', subnet: '172.192.0.0/12' },
  ]);
});

test('a table that is empty or not there has no routes', () => {
  expect(parseRoutes('')).toEqual([]);
  expect(parseRoutes('Iface\tDestination\n')).toEqual([]);
});

test('this machine has its loopback at least', async () => {
  const routes = await hostRoutes();
  for (const route of routes) expect(() => readRange(route)).not.toThrow();
  expect(routes).toContain('127.0.0.1/8');
});
