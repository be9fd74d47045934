// Limits and published ports from what the engine says of a container.
import type Docker from 'dockerode';
import { expect, test } from 'vitest';
import { containerFacts } from './container-facts';

const host = (config: Partial<Docker.HostConfig>) => ({ HostConfig: config as Docker.HostConfig });

test('no limit is none; both ways to say how many processors are understood', () => {
  expect(containerFacts(host({ NanoCpus: 0, Memory: 0 })).limits).toEqual({});
  expect(containerFacts(host({ NanoCpus: 1.5e9, Memory: 2 ** 31 })).limits).toEqual({ cpus: 1.5, memory: 2 ** 31 });
  expect(containerFacts(host({ CpuQuota: 200_000, CpuPeriod: 100_000 })).limits).toEqual({ cpus: 2 });
  expect(containerFacts(host({ CpuQuota: 50_000 })).limits).toEqual({ cpus: 0.5 });
  expect(containerFacts(host({ CpuQuota: -1 })).limits).toEqual({});
});

test('a running container publishes what it got, each once', () => {
  const Ports = {
    '80/tcp': [
      { HostIp: '0.0.0.0', HostPort: '8080' },
      { HostIp: '::', HostPort: '8080' },
    ],
    '53/udp': [{ HostIp: '127.0.0.1', HostPort: '5353' }],
    '443/tcp': null,
  };
  expect(containerFacts({ ...host({}), NetworkSettings: { Ports } }).published).toEqual([
    { hostAddress: '127.0.0.1', hostPort: 5353, protocol: 'UDP', port: 53 },
    { hostAddress: '0.0.0.0', hostPort: 8080, protocol: 'TCP', port: 80 },
  ]);
});

test('a stopped one publishes what it will ask for; a port that is left to chance has no number yet', () => {
  const PortBindings = { '6443/tcp': [{ HostIp: '127.0.0.1', HostPort: '6550' }], '80/tcp': [{ HostPort: '0' }] };
  expect(containerFacts({ ...host({ PortBindings }), NetworkSettings: { Ports: {} } }).published).toEqual([
    { hostAddress: '127.0.0.1', hostPort: 6550, protocol: 'TCP', port: 6443 },
  ]);
});
