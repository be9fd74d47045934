// The disk's part of the stand-in of the core.
import type { Client } from '../../shared/contract';
import type { Disk } from '../../shared/model/disk';

const sampleDisk: Disk = {
  owners: [
    {
      kind: 'cache',
      name: 'docker.io',
      bytes: 3_400_000_000,
      parts: [{ name: 'boathouse-cache-docker-io', path: '/var/lib/registry', bytes: 3_400_000_000 }],
    },
    {
      kind: 'cluster',
      name: 'shop',
      bytes: 2_900_000_000,
      parts: [
        { name: 'shop-control-plane', path: '/var', bytes: 1_180_000_000 },
        { name: 'shop-worker', path: '/var', bytes: 860_000_000 },
        { name: 'shop-worker2', path: '/var', bytes: 840_000_000 },
        { name: 'shop-control-plane', bytes: 20_000_000 },
      ],
    },
    {
      kind: 'registry',
      name: 'boathouse-registry',
      bytes: 241_000_000,
      parts: [{ name: 'boathouse-registry', bytes: 241_000_000 }],
    },
  ],
  images: 6_120_000_000,
  buildCache: 412_000_000,
  otherVolumes: [
    { name: 'postgres-data', bytes: 17_200_000 },
    { name: 'redis', bytes: 800_000 },
  ],
  cleanups: [
    { id: 'build-cache', bytes: 380_000_000, parts: [{ name: '41', bytes: 380_000_000 }] },
    {
      id: 'untagged-images',
      bytes: 512_000_000,
      parts: [
        { name: 'sha256:7faeb6b38d0f', bytes: 330_000_000 },
        { name: 'sha256:361ad63dac5e', bytes: 182_000_000 },
      ],
    },
    {
      id: 'unused-node-images',
      bytes: 1_040_000_000,
      parts: [{ name: 'kindest/node:v1.31.0', bytes: 1_040_000_000 }],
    },
    { id: 'caches', bytes: 3_400_000_000, parts: [{ name: 'docker.io', bytes: 3_400_000_000 }] },
  ],
};

export function diskStandIn(
  enter: (call: string, input?: unknown) => void,
  started: (call: string, input: unknown) => { operationId: string },
): Client['disk'] {
  return {
    usage: async () => {
      enter('disk.usage');
      return sampleDisk;
    },
    clean: async (input) => started('disk.clean', input),
  };
}
