// Pull-through caches: their names, labels and ports.
import { registryLabels } from '../registry/labels';

export const cacheLabels = {
  role: registryLabels.role,
  version: registryLabels.version,
  upstream: 'dev.boathouse.cache-upstream',
  url: 'dev.boathouse.cache-url',
  /** Bytes. */
  budget: 'dev.boathouse.cache-budget',
  account: 'dev.boathouse.cache-account',
} as const;

/** Value of the label `role` on containers and volumes. */
export const cacheRole = 'cache';

/** Where it asks upstream, and where it has what it keeps. (`resources/cache/cache.sh`) */
export const cachePorts = { proxy: 5000, kept: 5001 } as const;

/**
 * Of the container and its volume. Without dots: a name that does not resolve while the container is away must not be one that somebody
 * could own on the internet.
 */
export function cacheName(upstream: string): string {
  return `boathouse-cache-${upstream.replace(/[^a-z0-9]+/g, '-')}`;
}

/** docker.io is served by another host than its name says. */
export function usualUrl(upstream: string): string {
  return `https://${upstream === 'docker.io' ? 'registry-1.docker.io' : upstream}`;
}
