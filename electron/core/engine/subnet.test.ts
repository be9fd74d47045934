// Subnets of clusters: never one that somebody uses, always the same one for the same world.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chooseSubnet,
  dynamicRange,
  entranceAddress,
  gatewayAddress,
  nodeAddress,
  overlaps,
  readRange,
  writeAddress,
} from './subnet';

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map(writeAddress);
/** Subnets near where clusters live, so that clashes are the rule. */
const nearby = fc
  .tuple(
    fc.constantFrom('172.28', '172.29', '172.30', '10.213'),
    fc.nat(255),
    fc.nat(255),
    fc.integer({ min: 12, max: 32 }),
  )
  .map(([head, third, fourth, bits]) => `${head}.${third}.${fourth}/${bits}`);
const anywhere = fc.tuple(address, fc.integer({ min: 2, max: 32 })).map(([text, bits]) => `${text}/${bits}`);
const subnets = fc.array(fc.oneof(nearby, anywhere), { maxLength: 40 });

function choose(taken: { routes: string[]; networks: string[] }): string | undefined {
  try {
    return chooseSubnet(taken);
  } catch (error) {
    expect(error).toMatchObject({ code: 'subnet-taken' });
    return undefined;
  }
}

describe('chooseSubnet', () => {
  test('touches nothing that is in use', () => {
    fc.assert(
      fc.property(subnets, subnets, (routes, networks) => {
        const chosen = choose({ routes, networks });
        if (chosen === undefined) return;
        expect(chosen).toMatch(/\.0\/24$/);
        for (const used of [...routes, ...networks]) expect(overlaps(readRange(used), readRange(chosen))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('does not depend on the order of what is in use, nor on what does not touch it', () => {
    fc.assert(
      fc.property(subnets, anywhere, (networks, other) => {
        const chosen = choose({ routes: [], networks });
        expect(choose({ routes: [...networks].reverse(), networks: [] })).toBe(chosen);
        if (chosen && !overlaps(readRange(other), readRange(chosen))) {
          expect(choose({ routes: [other], networks })).toBe(chosen);
        }
      }),
    );
  });

  test('gives a row of clusters different subnets, and a freed one again', () => {
    const networks: string[] = [];
    for (let index = 0; index < 300; index += 1) networks.push(chooseSubnet({ routes: [], networks }));
    expect(new Set(networks).size).toBe(300);
    expect(networks[0]).toBe('172.30.0.0/24');
    expect(chooseSubnet({ routes: [], networks: networks.filter((_subnet, index) => index !== 17) })).toBe(
      networks[17],
    );
  });

  test('leaves a pool that a VPN covers', () => {
    expect(chooseSubnet({ routes: ['172.16.0.0/12'], networks: [] })).toBe('10.213.0.0/24');
  });

  test('says so when nothing is left', () => {
    expect(() => chooseSubnet({ routes: ['172.16.0.0/12', '10.0.0.0/8'], networks: [] })).toThrow(
      expect.objectContaining({ code: 'subnet-taken', hints: expect.arrayContaining([expect.anything()]) }),
    );
  });
});

describe('addresses in a subnet', () => {
  test('of nodes, gateway and the dynamic range are all different', () => {
    fc.assert(
      fc.property(fc.nat(124), fc.nat(124), (left, right) => {
        const subnet = '172.30.7.0/24';
        const node = nodeAddress(subnet, left);
        expect([gatewayAddress(subnet), entranceAddress(subnet)]).not.toContain(node);
        expect(overlaps(readRange(node), readRange(subnet))).toBe(true);
        expect(overlaps(readRange(node), readRange(dynamicRange(subnet)))).toBe(false);
        expect(node === nodeAddress(subnet, right)).toBe(left === right);
      }),
    );
  });

  test('begin at .2 and end at .126, before the entrance', () => {
    expect(nodeAddress('172.30.7.0/24', 0)).toBe('172.30.7.2');
    expect(nodeAddress('172.30.7.0/24', 124)).toBe('172.30.7.126');
    expect(entranceAddress('172.30.7.0/24')).toBe('172.30.7.127');
    expect(() => nodeAddress('172.30.7.0/24', 125)).toThrow(expect.objectContaining({ code: 'bad-input' }));
    expect(dynamicRange('172.30.7.0/24')).toBe('172.30.7.128/25');
  });
});

test.each(['', '1.2.3', '1.2.3.4/33', 'fe80::/64', '1.2.3.4/x'])('"%s" is no IPv4 subnet', (text) => {
  expect(() => readRange(text)).toThrow('not an IPv4 subnet');
});
