// Ways into clusters of ours and of others.
import { expect, it } from 'vitest';
import { samplePorts } from '../../../app/stand-in-details';
import { sampleCluster } from '../../../app/stand-in-worlds';
import { doorsOf, isOpenToOthers, webAddress } from './doors';

const lines = (cluster: Parameters<typeof doorsOf>[0]) =>
  doorsOf(cluster).map(({ hostAddress, hostPort, protocol }) => `${hostAddress}:${hostPort}/${protocol}`);

it('of ours: the API, then its ports', () => {
  const shop = sampleCluster('shop', 'running', 1, { ports: samplePorts('shop') });
  expect(lines(shop)).toEqual(['127.0.0.1:41234/TCP', '127.0.0.1:8080/TCP', '0.0.0.0:5353/UDP']);
});

it('of others: what their containers publish, the API once', () => {
  const kind = sampleCluster('old', 'running', 0, { madeBy: 'kind' });
  const published = [
    { hostAddress: '127.0.0.1', hostPort: 41234, protocol: 'TCP' as const, port: 6443 },
    { hostAddress: '0.0.0.0', hostPort: 80, protocol: 'TCP' as const, port: 80 },
  ];
  const nodes = kind.nodes.map((node) => ({ ...node, published }));
  expect(lines({ ...kind, nodes })).toEqual(['127.0.0.1:41234/TCP', '0.0.0.0:80/TCP']);
});

it('one that does not run has no API', () => {
  expect(lines(sampleCluster('shop', 'stopped', 0))).toEqual([]);
});

it.each([
  ['127.0.0.1', false, 'http://127.0.0.1:80'],
  ['0.0.0.0', true, 'http://127.0.0.1:80'],
  ['::', true, 'http://[::1]:80'],
  ['::1', false, 'http://[::1]:80'],
  ['192.168.1.2', true, 'http://192.168.1.2:80'],
])('%s', (hostAddress, others, address) => {
  expect([isOpenToOthers({ hostAddress }), webAddress({ hostAddress, hostPort: 80 })]).toEqual([others, address]);
});
