// What nodes are told of caches: each is asked first for what its upstream has, and what it keeps is asked second.
import type { Cache } from '../../../shared/model/caches';
import { addressesOf, type Hosts, withHosts } from '../registry/hosts';
import { cachePorts } from './labels';

type Told = Pick<Cache, 'upstream' | 'name'>;

export function cacheAddress(name: string, port: keyof typeof cachePorts): string {
  return `http://${name}:${cachePorts[port]}`;
}

/** Hosts with these caches, beside those that are there already. */
export function withCaches(own: Hosts, caches: readonly Told[]): Hosts {
  const told = caches.map(({ upstream, name }): [string, string[]] => [
    upstream,
    [cacheAddress(name, 'proxy'), cacheAddress(name, 'kept')],
  ]);
  return withHosts(own, 'cache', new Map([...addressesOf(own, 'cache'), ...told]));
}

export function withoutCache(own: Hosts, { upstream }: Pick<Told, 'upstream'>): Hosts {
  return withHosts(own, 'cache', new Map([...addressesOf(own, 'cache')].filter(([name]) => name !== upstream)));
}
