// Addresses of engines, well and badly written.
import { expect, test } from 'vitest';
import { parseDockerHost, socketPathOf } from './docker-host';
import { sshArguments } from './ssh';

const tls = { verify: true, ca: 'CA' };

test.each([
  ['unix:///var/run/docker.sock', undefined, { socketPath: '/var/run/docker.sock' }],
  ['npipe:////./pipe/docker_engine', undefined, { socketPath: '//./pipe/docker_engine' }],
  ['npipe://\\\\.\\pipe\\docker_engine', undefined, { socketPath: '//./pipe/docker_engine' }],
  ['tcp://10.0.0.1', undefined, { host: '10.0.0.1', port: 2375, protocol: 'http' }],
  ['tcp://10.0.0.1', tls, { host: '10.0.0.1', port: 2376, protocol: 'https' }],
  ['tcp://lab:80', undefined, { host: 'lab', port: 80, protocol: 'http' }],
  ['tcp://[fe80::1]:2375', undefined, { host: 'fe80::1', port: 2375 }],
  ['lab:4243', undefined, { host: 'lab', port: 4243, protocol: 'http' }],
  ['https://lab:443/', undefined, { host: 'lab', port: 443, protocol: 'https' }],
  ['ssh://me@lab:2222', undefined, { host: 'docker', protocol: 'http' }],
])('%s is understood', (address, material, expected) => {
  expect(parseDockerHost(address, material, 'the test')).toMatchObject(expected);
});

test.each([
  '',
  'unix://relative.sock',
  'unix://',
  'npipe://',
  'tcp://',
  'tcp://host:99999',
  'tcp://user@host:1',
  'tcp://host:2375/prefix',
  'fd://',
  'ssh://',
  'ssh://me:secret@lab',
  'ssh://-oProxyCommand=evil',
  'ssh://-l@lab',
])('"%s" is refused with an example', (address) => {
  expect(() => parseDockerHost(address, undefined, 'the settings')).toThrow(
    expect.objectContaining({ code: 'bad-input', hints: [{ text: expect.stringContaining('the settings') }] }),
  );
});

test('socket paths are told apart from hosts', () => {
  expect(socketPathOf('unix:///a/b.sock')).toBe('/a/b.sock');
  expect(socketPathOf('tcp://a:1')).toBeUndefined();
});

test('ssh asks nothing and passes a socket of the other side on', () => {
  const target = { host: 'lab', user: 'me', port: 2222, socketPath: "/run/it's.sock" };
  expect(sshArguments(target).join(' ')).toBe(
    `-o ConnectTimeout=30 -o BatchMode=yes -T -l me -p 2222 -- lab docker --host 'unix:///run/it'\\''s.sock' system dial-stdio`,
  );
});
