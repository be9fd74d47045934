// Docker's forms of an address are known, slips are not.
import { expect, it } from 'vitest';
import { isEngineHost } from './is-engine-host';

it.each([
  ['unix:///var/run/docker.sock', true],
  ['npipe:////./pipe/docker_engine', true],
  ['tcp://192.168.1.9:2376', true],
  ['ssh://ana@build.example', true],
  ['https://docker.example:2376', true],
  ['/var/run/docker.sock', false],
  ['unix://var/run docker.sock', false],
  ['tcp://', false],
  ['docker', false],
])('%j: %s', (text, right) => {
  expect(isEngineHost(text)).toBe(right);
});
