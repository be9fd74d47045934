// The container of a cache and the files that it is given, as the engine is asked for them.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { stringify } from 'yaml';
import type { ContainerFile } from '../engine/archive';
import { registryData } from '../registry/labels';
import type { Password } from './credentials';
import { cacheLabels, cacheName, cachePorts, cacheRole } from './labels';

export interface CacheChoices {
  readonly upstream: string;
  readonly url: string;
  /** Bytes. */
  readonly budget: number;
  /** Whom it signs in as; undefined: as nobody. */
  readonly account: string | undefined;
}

export const cacheScript = '/cache/cache.sh';

/**
 * The body of `POST /containers/create`: no port on this computer, nodes reach it in their networks. Credentials are in none of this,
 * since whoever may look at containers reads it.
 */
export function cacheContainer(
  choices: CacheChoices,
  { image, version, environment }: { image: string; version: string; environment: readonly string[] },
): Docker.ContainerCreateOptions {
  const { upstream, url, budget, account } = choices;
  const name = cacheName(upstream);
  return {
    name,
    Hostname: name,
    Image: image,
    Entrypoint: ['/bin/sh', cacheScript],
    Cmd: [],
    StopSignal: 'SIGTERM',
    Env: ['OTEL_TRACES_EXPORTER=none', ...environment],
    Labels: {
      [cacheLabels.role]: cacheRole,
      [cacheLabels.version]: version,
      [cacheLabels.upstream]: upstream,
      [cacheLabels.url]: url,
      [cacheLabels.budget]: String(budget),
      ...(account && { [cacheLabels.account]: account }),
    },
    HostConfig: {
      RestartPolicy: { Name: 'unless-stopped' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '2' } },
      Mounts: [{ Type: 'volume', Source: name, Target: registryData }],
    },
  };
}

/**
 * What is written into the container before it starts: `password` in a file that only its root reads, `certificates` (PEM) where Go
 * looks for more than the system's own.
 */
export async function cacheFiles(
  resources: string,
  { url, budget }: Pick<CacheChoices, 'url' | 'budget'>,
  { password, certificates }: { password: Password | undefined; certificates: string },
): Promise<ContainerFile[]> {
  const common = {
    version: 0.1,
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: registryData }, delete: { enabled: true } },
  };
  const proxy = { remoteurl: url, ...password, ttl: '0s' };
  const kept = { ...common.storage, maintenance: { readonly: { enabled: true } } };
  return [
    { path: cacheScript, content: await readFile(join(resources, 'cache/cache.sh')), mode: 0o755 },
    { path: '/cache/proxy.yml', content: configuration(cachePorts.proxy, { ...common, proxy }), mode: 0o600 },
    { path: '/cache/kept.yml', content: configuration(cachePorts.kept, { ...common, storage: kept }) },
    { path: '/etc/ssl/certs/boathouse.pem', content: certificates },
    { path: '/cache/budget', content: `${Math.floor(budget / 1024)}\n` },
  ];
}

/** distribution 2 and 3; nothing of the store is kept in memory, because files go away under it. */
function configuration(port: number, more: object): string {
  return stringify({ ...more, http: { addr: `:${port}` } });
}
