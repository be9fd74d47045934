// Where a node's content store lies, by what the engine says of its container's mounts.
import { expect, it } from 'vitest';
import { volumeOf } from './writer';

const content = '/var/lib/containerd/io.containerd.content.v1.content';
const modules = { Type: 'bind', Destination: '/lib/modules', RW: false };
const whole = { Type: 'volume', Name: 'whole', Destination: '/var', RW: true };
const inner = { Type: 'volume', Name: 'inner', Destination: '/var/lib/containerd/', RW: true };

it('is the volume that is nearest to it', () => {
  expect(volumeOf([modules, whole], content)).toEqual({ volume: 'whole', path: content.slice('/var'.length) });
  expect(volumeOf([inner, whole], content)).toEqual({ volume: 'inner', path: '/io.containerd.content.v1.content' });
});

it('is none where a folder of the computer covers it, where it may not be written, or where nothing is mounted', () => {
  expect(volumeOf([whole, { Type: 'bind', Destination: '/var/lib/containerd', RW: true }], content)).toBeUndefined();
  expect(volumeOf([{ ...whole, RW: false }], content)).toBeUndefined();
  expect(volumeOf([modules, { ...whole, Destination: '/va' }], content)).toBeUndefined();
});
