// What docker, kubelets and pull secrets keep of registries: `config.json`, as text and back. Pure.
import type { Password } from '../caches/credentials';
import { hubKey, registryOfKey } from '../engine/credentials';

interface Kept {
  auths?: Record<string, { auth?: string; username?: string }>;
}

/** Docker Hub goes by another key than its name. (docker/cli: cli/config/configfile; Kubernetes: pkg/credentialprovider) */
const keyOf = (registry: string) => (registry === 'docker.io' ? hubKey : registry);

/** Whom a text signs in as, by registry. Undefined for a text that is no configuration. */
export function accountsIn(text: string): Map<string, string> | undefined {
  const kept = parsed(text);
  if (!kept) return undefined;
  const entries = Object.entries(kept.auths ?? {}).map(([key, { auth = '', username }]): [string, string] => {
    const [user = ''] = Buffer.from(auth, 'base64').toString('utf8').split(':');
    return [registryOfKey(key), username ?? user];
  });
  return new Map(entries);
}

/** The text with an account for a registry, or without one; what else is in it stays. Undefined when it is no configuration. */
export function withAccount(text: string, registry: string, password: Password | undefined): string | undefined {
  const kept = parsed(text);
  if (!kept) return undefined;
  const others = Object.entries(kept.auths ?? {}).filter(([key]) => registryOfKey(key) !== registry);
  const own = password && {
    auth: Buffer.from(`${password.username}:${password.password}`).toString('base64'),
  };
  const auths = { ...Object.fromEntries(others), ...(own && { [keyOf(registry)]: own }) };
  return `${JSON.stringify({ ...kept, auths }, null, 2)}\n`;
}

function parsed(text: string): Kept | undefined {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Kept) : undefined;
  } catch {
    return undefined;
  }
}
