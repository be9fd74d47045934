// The API of a registry by its name, for calls that look into it.
import type { ClusterDependencies } from '../clusters/dependencies';
import type { RegistryApi } from './api';
import { apiOf } from './reach';
import { findRegistry } from './read';

/** Throws `not-found`, `registry-unreachable`. @param name of the container; ours without it */
export async function openRegistry(
  { engine }: Pick<ClusterDependencies, 'engine'>,
  name: string | undefined,
  signal: AbortSignal,
): Promise<RegistryApi> {
  const connected = await engine(signal);
  return apiOf(connected, await findRegistry(connected, name, signal), signal);
}
