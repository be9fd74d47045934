// What the engine says of itself, and what a look at its machine from inside shows.
import { expect, test } from 'vitest';
import { factsOf } from './engine-facts';
import { parseLook } from './inside';

const computer = { kernel: '6.1.0', memory: () => ({ total: 1000, free: 500 }) };
const info = {
  DockerRootDir: '/var/lib/docker',
  KernelVersion: '6.1.0',
  MemTotal: 1000,
  SystemTime: '2026-03-14T09:26:53.5Z',
  HttpProxy: '',
  HttpsProxy: 'http://proxy:3128',
  IPv4Forwarding: true,
  MemoryLimit: true,
  PidsLimit: false,
  CPUShares: true,
};
const asked = Date.parse('2026-03-14T09:26:50Z');

test('the clock is held against the middle of the time that the question took', () => {
  const { clock } = factsOf(info, computer, { asked, answered: asked + 1000 });
  expect(clock).toEqual({ ahead: 3000, uncertainty: 500 });
  expect(factsOf({ ...info, SystemTime: '' }, computer, { asked, answered: asked }).clock).toBeUndefined();
});

test('an engine with the same kernel and the same memory is here; one that has another is in a machine of its own', () => {
  const during = { asked, answered: asked };
  expect(factsOf(info, computer, during)).toMatchObject({ here: true, limits: false });
  expect(factsOf({ ...info, KernelVersion: '6.10.14-linuxkit' }, computer, during).here).toBe(false);
  expect(factsOf({ ...info, MemTotal: 400 }, computer, during).here).toBe(false);
});

test('two limits and the table of df', () => {
  const output =
    '128\n65536\nFilesystem     1024-blocks     Used Available Capacity Mounted on\n/dev/vda1         61202244 27543508  30517424      48% /var\n';
  expect(parseLook(output)).toEqual({ instances: 128, watches: 65536, freeDisk: 30517424 * 1024 });
  expect(parseLook('sh: not found\n')).toBeUndefined();
});
