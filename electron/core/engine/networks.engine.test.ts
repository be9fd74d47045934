// Networks of clusters on a real engine: subnets apart, addresses in their halves, races and clashes.
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from './engine';
import { createClusterNetwork, type NetworkRequest, nodeAddress } from './networks';
import { overlaps, readRange } from './subnet';
import { createTestContainer, openTestEngine, removeTestContainer, testName } from './testing';

let engine: Engine;
const labels = { 'dev.boathouse.test': 'networks' };

beforeAll(async () => {
  engine = await openTestEngine();
  await removeNetworks();
});
afterEach(async () => {
  await removeTestContainer(engine, 'node');
  await removeTestContainer(engine, 'guest');
  await removeNetworks();
});

async function removeNetworks(): Promise<void> {
  const filters = { label: ['dev.boathouse.test=networks'] };
  for (const { Id } of await engine.docker.listNetworks({ filters })) await engine.docker.getNetwork(Id).remove();
}

const create = (purpose: string, extras: Partial<NetworkRequest> = {}) =>
  createClusterNetwork(engine, { name: testName(purpose), labels, ...extras });

test('a network has its label, its subnet and its own half for containers without an address', async () => {
  const network = await create('net', { mtu: 1400 });
  const details = await engine.docker.getNetwork(network.id).inspect();
  expect(details).toMatchObject({
    Name: 'bh-engine-test-net',
    Driver: 'bridge',
    Labels: labels,
    Options: {
      'com.docker.network.bridge.enable_ip_masquerade': 'true',
      'com.docker.network.driver.mtu': '1400',
    },
    IPAM: { Config: [{ Subnet: network.subnet, Gateway: network.gateway }] },
  });

  const join = (name: string, address?: string) =>
    createTestContainer(engine, name, {
      HostConfig: { NetworkMode: network.name },
      NetworkingConfig: {
        EndpointsConfig: { [network.name]: address ? { IPAMConfig: { IPv4Address: address } } : {} },
      },
    });
  const node = await join('node', nodeAddress(network.subnet, 0));
  const guest = await join('guest');
  await guest.start();
  await node.start();
  const addressOf = async (container: typeof node) =>
    (await container.inspect()).NetworkSettings.Networks[network.name]?.IPAddress ?? '';
  expect(await addressOf(node)).toBe(nodeAddress(network.subnet, 0));
  expect(readRange(await addressOf(guest)).first - readRange(network.subnet).first).toBeGreaterThanOrEqual(128);
});

test('a network keeps out of the ranges of its cluster', async () => {
  const { subnet } = await create('net');
  await removeNetworks();
  const wide = subnet.replace(/\.\d+\.0\/24$/, '.0.0/16');
  const { subnet: other } = await create('net', { avoid: [`${wide},fd00:10:244::/56`] });
  expect(overlaps(readRange(wide), readRange(other))).toBe(false);
});

test('networks made at the same time get subnets of their own', async () => {
  const networks = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((purpose) => create(`race-${purpose}`)));
  const ranges = networks.map(({ subnet }) => readRange(subnet));
  for (const [index, range] of ranges.entries()) {
    for (const other of ranges.slice(index + 1)) expect(overlaps(range, other)).toBe(false);
  }
});

describe('clashes', () => {
  test('of names', async () => {
    await create('net');
    await expect(create('net')).rejects.toMatchObject({ code: 'name-taken', params: { name: 'bh-engine-test-net' } });
  });

  test('of a subnet that was asked for', async () => {
    const { subnet } = await create('net');
    await expect(create('other', { subnet })).rejects.toMatchObject({
      code: 'subnet-taken',
      params: { subnet },
      detail: expect.stringContaining('overlap'),
    });
  });

  test('an abort makes nothing', async () => {
    await expect(create('net', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    expect(await engine.docker.listNetworks({ filters: { name: ['bh-engine-test-net'] } })).toEqual([]);
  });
});

const modern = process.env.BOATHOUSE_TEST_MODERN_ENGINE;

test.runIf(modern && modern !== process.env.BOATHOUSE_TEST_ENGINE)(
  'two engines of one computer that take a network at the same moment take different ones',
  async () => {
    const engines = [engine, await openTestEngine(modern)];
    for (let round = 0; round < 2; round += 1) {
      const request = { name: testName('both'), labels };
      const made = await Promise.all(engines.map((one) => createClusterNetwork(one, request)));
      await Promise.all(engines.map((one, index) => one.docker.getNetwork(made[index]?.id ?? '').remove()));
      expect(new Set(made.map(({ subnet }) => subnet)).size).toBe(2);
    }
  },
);
