// What is read from the engine's `GET /info`.
import { expect, test } from 'vitest';
import { type EngineInfoAnswer, engineTraits } from './engine-traits';

const plain = { userNamespaces: false, rootless: false, needsDeviceMapper: false };
const backing = (filesystem: string) => [['Backing Filesystem', filesystem]];

test.each<[string, EngineInfoAnswer, Partial<typeof plain>]>([
  ['nothing said', {}, {}],
  ['nulls', { SecurityOptions: null, DriverStatus: null }, {}],
  [
    'overlay2 on ext4',
    { Driver: 'overlay2', DriverStatus: backing('extfs'), SecurityOptions: ['name=seccomp,profile=default'] },
    {},
  ],
  ['overlay2 on xfs', { Driver: 'overlay2', DriverStatus: backing('xfs') }, { needsDeviceMapper: true }],
  ['zfs', { Driver: 'zfs' }, { needsDeviceMapper: true }],
  ['remapped users', { SecurityOptions: ['name=seccomp,profile=default', 'name=userns'] }, { userNamespaces: true }],
  ['rootless on btrfs', { Driver: 'btrfs', SecurityOptions: ['name=rootless', 'name=cgroupns'] }, { rootless: true }],
])('%s', (_, info, traits) => {
  expect(engineTraits(info)).toEqual({ ...plain, ...traits });
});
