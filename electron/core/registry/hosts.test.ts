// What is written for containerd says what was asked for, can be read back, and loses nothing that others wrote.
import { expect, it } from 'vitest';
import {
  addressesOf,
  certsReading,
  type Host,
  hostsChange,
  hostsText,
  ownHosts,
  readHosts,
  tellContainerd,
  withHosts,
} from './hosts';

const files = (entries: Record<string, string>) => new Map(Object.entries(entries));
const named = (why: Host['why'], addresses: string[]): Host[] => addresses.map((address) => ({ address, why }));
const hosts = (entries: Record<string, string[]>, why: Host['why'] = 'mirror') =>
  new Map(Object.entries(entries).map(([name, addresses]) => [name, named(why, addresses)] as const));
const text = (...addresses: string[]) => hostsText(named('mirror', addresses));

it('writes hosts in order, for pulls alone, and reads them back', () => {
  const addresses = ['https://mirror.example.com', 'http://cache:5000/v2/hub'];
  const written = hostsText([...named('mirror', addresses.slice(0, 1)), ...named('cache', addresses.slice(1))]);
  expect(written).toBe(`# Written by Boathouse. Each host is asked in turn, then the registry itself.

# mirror
[host."https://mirror.example.com"]
  capabilities = ["pull", "resolve"]

# cache
[host."http://cache:5000/v2/hub"]
  capabilities = ["pull", "resolve"]
`);
  const found = ownHosts(files({ 'docker.io/hosts.toml': written, '_default/hosts.toml': written }));
  expect([...found.keys()]).toEqual(['docker.io', '*']);
  expect(addressesOf(found, 'mirror').get('*')).toEqual(addresses.slice(0, 1));
  expect(addressesOf(found, 'cache').get('docker.io')).toEqual(addresses.slice(1));
  expect(addressesOf(found, 'registry')).toEqual(new Map());
});

it('reads what others wrote, and tells nothing of what is no TOML', () => {
  const theirs =
    'server = "https://registry-1.docker.io"\n[host."https://a"]\n[host."https://b"]\nskip_verify = true\n';
  const found = readHosts(files({ 'docker.io/hosts.toml': theirs, 'x/hosts.toml': '[[', 'docker.io/ca.crt': 'PEM' }));
  expect(found).toEqual(hosts({ 'docker.io': ['https://a', 'https://b'] }, 'other'));
  expect(ownHosts(files({ 'docker.io/hosts.toml': theirs }))).toEqual(new Map());
});

it('changes only what differs, and takes away what is ours and no longer wanted', () => {
  const present = files({ 'docker.io/hosts.toml': text('https://a'), 'quay.io/hosts.toml': text('https://b') });
  expect(hostsChange(present, hosts({ 'docker.io': ['https://a'] }))).toEqual({
    write: [],
    remove: ['/etc/containerd/certs.d/quay.io/hosts.toml'],
  });
  expect(hostsChange(present, hosts({ 'docker.io': ['https://c'], 'quay.io': ['https://b'] })).write).toEqual([
    { path: '/etc/containerd/certs.d/docker.io/hosts.toml', content: text('https://c') },
  ]);
});

it('puts aside what others wrote, and puts it back', () => {
  const theirs = '[host."http://kind-registry:5000"]\n';
  const before = files({ 'localhost:5001/hosts.toml': theirs, 'quay.io/hosts.toml': theirs });
  const given = hostsChange(before, hosts({ 'localhost:5001': ['http://ours:5000'] }));
  const folder = '/etc/containerd/certs.d/localhost:5001';
  const ours = text('http://ours:5000');
  expect(given).toEqual({
    write: [
      { path: `${folder}/hosts.toml.before-boathouse`, content: theirs },
      { path: `${folder}/hosts.toml`, content: ours },
    ],
    remove: [],
  });
  const after = files({ 'localhost:5001/hosts.toml': ours, 'localhost:5001/hosts.toml.before-boathouse': theirs });
  expect(hostsChange(after, new Map())).toEqual({
    write: [{ path: `${folder}/hosts.toml`, content: theirs }],
    remove: [`${folder}/hosts.toml.before-boathouse`],
  });
});

it('replaces hosts of one kind: mirrors come before caches, the others stay', () => {
  const cached = withHosts(new Map(), 'cache', new Map([['docker.io', ['http://cache']]]));
  const mirrored = withHosts(
    cached,
    'mirror',
    new Map([
      ['docker.io', ['https://a']],
      ['quay.io', ['https://b']],
    ]),
  );
  expect(mirrored.get('docker.io')).toEqual([...named('mirror', ['https://a']), ...named('cache', ['http://cache'])]);
  expect(withHosts(mirrored, 'mirror', new Map())).toEqual(cached);
  expect(withHosts(mirrored, 'cache', new Map())).toEqual(
    hosts({ 'docker.io': ['https://a'], 'quay.io': ['https://b'] }),
  );
});

const cri = '[plugins."io.containerd.grpc.v1.cri"]\n  sandbox_image = "pause"\n';

it('knows which containerd reads certs.d', () => {
  const told = `${cri}[plugins."io.containerd.grpc.v1.cri".registry]\n  config_path = "/etc/containerd/certs.d"\n`;
  expect(certsReading(`version = 2\n${told}`)).toBe('reads');
  expect(certsReading(`version = 2\n${cri}`)).toBe('can-be-told');
  expect(certsReading('version = 3\n[plugins."io.containerd.cri.v1.images"]\n')).toBe('reads');
  const mirrors = `${cri}[plugins."io.containerd.grpc.v1.cri".registry.mirrors."docker.io"]\nendpoint = ["https://a"]\n`;
  expect(certsReading(`version = 2\n${mirrors}`)).toBe('uses-mirrors');
  const elsewhere = '[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "/etc/certs"\n';
  expect(certsReading(`version = 2\n${elsewhere}`)).toBe('uses-mirrors');
});

it('tells a containerd that does not, whatever its configuration has', () => {
  const registry = '[plugins."io.containerd.grpc.v1.cri".registry]';
  for (const more of [
    '',
    `${registry}\n`,
    `${registry}\n  config_path = ""\n`,
    `${registry.replace(']', '.headers]')}\nA = ["b"]\n`,
  ]) {
    const before = `version = 2\n${cri}${more}`;
    expect(certsReading(before)).toBe('can-be-told');
    const after = tellContainerd(before);
    expect(certsReading(after)).toBe('reads');
    expect(after).toContain('sandbox_image = "pause"');
  }
});
