// The pure parts of caches: their names, what containers and nodes are told, what upstreams and kernels say.
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ListedContainer } from '../clusters/listed';
import { mirrorHosts } from '../registry/hosts';
import { cacheContainer, cacheFiles } from './container';
import { parseChallenge } from './credentials';
import { withCaches, withoutCache } from './hosts';
import { cacheName, usualUrl } from './labels';
import { asks, recogniseCaches } from './read';
import { listeningPorts } from './usage';

const hub = { upstream: 'docker.io', name: 'boathouse-cache-docker-io' };

it('has a name that nobody can own on the internet, and the address where docker.io really is', () => {
  expect(cacheName('docker.io')).toBe(hub.name);
  expect(cacheName('registry.example.com:5000')).toBe('boathouse-cache-registry-example-com-5000');
  expect([usualUrl('docker.io'), usualUrl('ghcr.io')]).toEqual(['https://registry-1.docker.io', 'https://ghcr.io']);
});

it('is asked after mirrors, and what it keeps after what it fetches', () => {
  const mirrors = mirrorHosts({ 'docker.io': ['https://mirror'], 'quay.io': ['https://other'] });
  const told = withCaches(mirrors, [hub]);
  expect(told.get('docker.io')?.map(({ address }) => address)).toEqual([
    'https://mirror',
    'http://boathouse-cache-docker-io:5000',
    'http://boathouse-cache-docker-io:5001',
  ]);
  expect(asks(told, hub)).toBe(true);
  expect(asks(mirrors, hub)).toBe(false);
  expect(withCaches(told, [hub])).toEqual(told);
  expect(withCaches(told, [{ upstream: 'ghcr.io', name: 'c' }]).size).toBe(3);
  expect(withoutCache(told, hub)).toEqual(mirrors);
});

it('has its password in a file for its root alone, and in nothing that the engine tells', async () => {
  const choices = { upstream: 'docker.io', url: 'https://registry-1.docker.io', budget: 2_048_000, account: 'ana' };
  const body = cacheContainer(choices, { image: 'registry:3', version: '1', environment: ['HTTPS_PROXY=http://p'] });
  expect(body.HostConfig?.PortBindings).toBeUndefined();
  expect(body.Env).toContain('HTTPS_PROXY=http://p');
  const password = { username: 'ana', password: 'p: "\'w' };
  const files = await cacheFiles('resources', choices, { password, certificates: 'PEM' });
  const text = (path: string) => files.flatMap((file) => (file.path === path && 'content' in file ? [file] : []))[0];
  const proxy = text('/cache/proxy.yml');
  expect(proxy?.mode).toBe(0o600);
  expect(parse(String(proxy?.content))).toMatchObject({
    http: { addr: ':5000' },
    proxy: { remoteurl: choices.url, ...password },
  });
  expect(parse(String(text('/cache/kept.yml')?.content))).toMatchObject({
    http: { addr: ':5001' },
    storage: { maintenance: { readonly: { enabled: true } } },
  });
  expect(text('/cache/budget')?.content).toBe('2000\n');
  expect(text('/etc/ssl/certs/boathouse.pem')?.content).toBe('PEM');
  expect(await cacheFiles('resources', choices, { password: undefined, certificates: '' })).not.toContainEqual(
    expect.objectContaining({ content: expect.stringContaining('username') }),
  );
});

it('is found again by its labels', () => {
  const labels = (upstream: string) => ({
    'dev.boathouse.role': 'cache',
    'dev.boathouse.cache-upstream': upstream,
    'dev.boathouse.cache-budget': '5000',
  });
  const container = (name: string, Labels: Record<string, string>): ListedContainer => ({
    Id: name,
    Names: [`/${name}`],
    Image: 'registry:3',
    State: 'exited',
    Created: 0,
    Labels,
    Ports: [],
  });
  const found = recogniseCaches([
    container('two', labels('ghcr.io')),
    container('boathouse-registry', { 'dev.boathouse.role': 'registry' }),
    container('one', labels('docker.io')),
  ]);
  expect(found).toMatchObject([
    { upstream: 'docker.io', name: 'one', url: 'https://registry-1.docker.io', budget: 5000, state: 'exited' },
    { upstream: 'ghcr.io', name: 'two' },
  ]);
});

it('understands how an upstream wants to be asked', () => {
  expect(parseChallenge('Basic realm="here"')).toEqual({ scheme: 'basic', parameters: { realm: 'here' } });
  expect(parseChallenge('Bearer realm="https://auth.docker.io/token",service="registry.docker.io"')).toEqual({
    scheme: 'bearer',
    parameters: { realm: 'https://auth.docker.io/token', service: 'registry.docker.io' },
  });
  expect(parseChallenge('Negotiate')).toBeUndefined();
});

it('reads from the kernel what listens', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
   0: 0100007F:A2E1 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0
   1: 00000000000000000000000000000000:1389 00000000000000000000000000000000:0000 0A 00000000:00000000 00
   2: 0100007F:1388 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0
`;
  expect(listeningPorts(table)).toEqual(new Set([0xa2e1, 5001]));
});
