// The registry's API from this computer, and waiting until it answers.
import { setTimeout as pause } from 'node:timers/promises';
import type { LocalRegistry } from '../../../shared/model/registry';
import type { Engine } from '../engine/engine';
import { type RegistryApi, registryApi, unreachable } from './api';

type Reachable = Pick<LocalRegistry, 'name' | 'address' | 'state'>;

/** Milliseconds that a registry gets to come up, and between two tries. */
const startLimit = 30_000;
const retry = 100;

/** Whether ports of containers are ports of this computer. */
export function isLocal(engine: Engine): boolean {
  return /^(unix|npipe):/.test(engine.endpoint.host);
}

/** Throws `registry-unreachable` for a registry that does not run or is on another computer. */
export function apiOf(engine: Engine, { name, address, state }: Reachable, signal: AbortSignal): RegistryApi {
  if (state !== 'running' || !address) throw unreachable(name, address ?? name, `Its container is ${state}.`);
  if (!isLocal(engine)) throw unreachable(name, address, `It is on another computer: ${engine.endpoint.host}`);
  return registryApi(`http://${address.replace(/^localhost:/, '127.0.0.1:')}`, name, signal);
}

/** Resolves when it answers: there is no event for that. Throws `registry-unreachable` after half a minute. */
export async function waitForRegistry(engine: Engine, registry: Reachable, signal: AbortSignal): Promise<void> {
  if (!isLocal(engine)) return;
  const api = apiOf(engine, { ...registry, state: 'running' }, signal);
  const end = performance.now() + startLimit;
  for (;;) {
    try {
      const answer = await api.ask('/v2/');
      await answer.body?.cancel();
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (performance.now() > end) throw error;
    }
    await pause(retry, undefined, { signal });
  }
}
