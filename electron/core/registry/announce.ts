// The ConfigMap by which Skaffold, Tilt and others find a cluster's local registry. (KEP-1755)
import type { V1ConfigMap } from '@kubernetes/client-node';
import { parse, stringify } from 'yaml';
import type { LocalRegistry } from '../../../shared/model/registry';
import type { Kube } from '../kube/connect';
import { insist } from '../kube/wait';

const metadata = { name: 'local-registry-hosting', namespace: 'kube-public' };
const key = 'localRegistryHosting.v1';
const named = { apiVersion: 'v1', kind: 'ConfigMap', metadata };

export type Announced = Pick<LocalRegistry, 'address' | 'inNetwork'>;

export function announcement({ address, inNetwork }: Announced): V1ConfigMap {
  const hosting = {
    host: address,
    hostFromContainerRuntime: inNetwork,
    hostFromClusterNetwork: inNetwork,
    help: 'https://kind.sigs.k8s.io/docs/user/local-registry/',
  };
  return { ...named, data: { [key]: stringify(hosting) } };
}

/** The address that an announcement tells; undefined for a text that tells none. */
export function announcedHost(map: Pick<V1ConfigMap, 'data'>): string | undefined {
  try {
    const host: unknown = parse(map.data?.[key] ?? '')?.host;
    return typeof host === 'string' ? host : undefined;
  } catch {
    return undefined;
  }
}

async function present(kube: Kube, signal: AbortSignal): Promise<V1ConfigMap | undefined> {
  try {
    return (await insist(() => kube.objects.read(named).catch(absent), signal)) as V1ConfigMap | undefined;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

function absent(error: unknown): undefined {
  if ((error as { code?: unknown }).code === 404) return undefined;
  throw error;
}

/**
 * Announces a registry, unless another one is announced already: tools go on finding what they found before.
 * @returns the address of the other one, when it stays
 */
export async function announce(kube: Kube, registry: Announced, signal: AbortSignal): Promise<string | undefined> {
  const before = await present(kube, signal);
  const other = before && announcedHost(before);
  if (other !== undefined && other !== registry.address) return other;
  const wanted = announcement(registry);
  await insist(() => (before ? kube.objects.replace(wanted) : kube.objects.create(wanted)), signal);
  return undefined;
}

/** Takes the announcement of this registry away; another's stays. */
export async function unannounce(kube: Kube, registry: Announced, signal: AbortSignal): Promise<void> {
  const before = await present(kube, signal);
  if (before && announcedHost(before) === registry.address) await kube.objects.delete(named).catch(absent);
}
