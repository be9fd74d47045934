// What a cache takes on the engine's disk, whether it asks its upstream, and letting go of what was used least recently.
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../../shared/model/errors';
import type { ClusterDependencies } from '../clusters/dependencies';
import type { Engine } from '../engine/engine';
import { execOrThrow } from '../engine/exec';
import { unreachable } from '../registry/api';
import { registryData } from '../registry/labels';
import { cacheScript } from './container';
import { cachePorts } from './labels';
import { findCache } from './read';

/** Milliseconds that it gets to come up, and between two looks. */
const startLimit = 30_000;
const retry = 200;

/** Throws `not-found`, `not-ready` when it does not run. */
export async function cacheUsage(
  dependencies: Pick<ClusterDependencies, 'engine'>,
  upstream: string,
  signal: AbortSignal,
): Promise<{ bytes: number; asksUpstream: boolean }> {
  const { engine, name } = await runningCache(dependencies, upstream, signal);
  const [bytes, ports] = await Promise.all([usedBytes(engine, name, signal), listening(engine, name, signal)]);
  return { bytes, asksUpstream: ports.has(cachePorts.proxy) };
}

/** @returns bytes. Throws what {@link cacheUsage} does. */
export async function pruneCache(
  dependencies: Pick<ClusterDependencies, 'engine'>,
  { upstream, keep }: { upstream: string; keep: number },
  signal: AbortSignal,
): Promise<{ freed: number }> {
  const { engine, name } = await runningCache(dependencies, upstream, signal);
  const before = await usedBytes(engine, name, signal);
  const command = ['sh', cacheScript, 'tidy', String(Math.floor(keep / 1024))];
  await execOrThrow(engine, name, command, { signal, privileged: false });
  return { freed: Math.max(0, before - (await usedBytes(engine, name, signal))) };
}

async function runningCache(
  { engine: connect }: Pick<ClusterDependencies, 'engine'>,
  upstream: string,
  signal: AbortSignal,
) {
  const engine = await connect(signal);
  const cache = await findCache(engine, upstream, signal);
  if (cache.state === 'running') return { engine, name: cache.name };
  throw new AppError('not-ready', `The cache of ${upstream} does not run`, {
    params: { what: upstream, seconds: 0 },
    hints: [
      {
        text: `Start it with: boathouse caches start ${upstream}`,
        action: { call: 'caches.start', input: { upstream } },
      },
    ],
  });
}

async function usedBytes(engine: Engine, container: string, signal: AbortSignal): Promise<number> {
  const { stdout } = await execOrThrow(engine, container, ['du', '-sk', registryData], { signal, privileged: false });
  return Number.parseInt(stdout, 10) * 1024;
}

/** Ports that something listens on in a container, as its kernel tells. */
async function listening(engine: Engine, container: string, signal: AbortSignal): Promise<Set<number>> {
  const command = ['sh', '-c', 'cat /proc/net/tcp /proc/net/tcp6 2>/dev/null; true'];
  const { stdout } = await execOrThrow(engine, container, command, { signal, privileged: false });
  return listeningPorts(stdout);
}

/** Linux `/proc/net/tcp`: state `0A` is LISTEN. Pure. */
export function listeningPorts(table: string): Set<number> {
  const rows = table.matchAll(/^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) \S+ 0A /gm);
  return new Set([...rows].map(([, port = '']) => Number.parseInt(port, 16)));
}

/** Resolves when it serves what it keeps; its upstream may be away. Throws `registry-unreachable` after half a minute. */
export async function waitForCache(engine: Engine, name: string, signal: AbortSignal): Promise<void> {
  const end = performance.now() + startLimit;
  while (!(await listening(engine, name, signal)).has(cachePorts.kept)) {
    if (performance.now() > end) throw unreachable(name, name, 'It runs, but nothing in it answers.');
    await pause(retry, undefined, { signal });
  }
}
