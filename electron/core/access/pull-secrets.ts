// Signing in by imagePullSecrets: a Secret in each namespace, which the pods of its default service account pull with.
import type { V1Namespace, V1Secret, V1ServiceAccount } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import type { Password } from '../caches/credentials';
import type { Kube } from '../kube/connect';
import { Refusal } from '../kube/request';
import type { StepContext } from '../operations/operation';
import { withAccount } from './accounts';

const labels = { 'dev.boathouse.role': 'sign-in' };
const annotation = { registry: 'dev.boathouse.registry', account: 'dev.boathouse.account' } as const;
const key = '.dockerconfigjson';

interface List<Item> {
  items: Item[];
}

/** The name of a registry's Secret: a DNS label that says whose it is. */
export function secretName(registry: string): string {
  return `boathouse-${registry.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`.slice(0, 253).replace(/-+$/, '');
}

export function pullSecret(registry: string, namespace: string, password: Password): V1Secret {
  const content = withAccount('', registry, password) ?? '';
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/dockerconfigjson',
    metadata: {
      name: secretName(registry),
      namespace,
      labels,
      annotations: { [annotation.registry]: registry, [annotation.account]: password.username },
    },
    data: { [key]: Buffer.from(content).toString('base64') },
  };
}

/** Ours, in all namespaces: registry, account and namespace of each. */
export async function readPullSecrets(kube: Kube, signal: AbortSignal) {
  const selector = encodeURIComponent(Object.entries(labels)[0]?.join('=') ?? '');
  const { items } = await kube.get<List<V1Secret>>(`/api/v1/secrets?labelSelector=${selector}`, signal);
  return items.map(({ metadata }) => ({
    registry: metadata?.annotations?.[annotation.registry] ?? '',
    account: metadata?.annotations?.[annotation.account] ?? '',
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
  }));
}

/** Throws `not-found` for a namespace that is not there, before anything is made. */
export async function addPullSecrets(
  kube: Kube,
  { registry, password, namespaces }: { registry: string; password: Password; namespaces: readonly string[] },
  { signal, undo }: Pick<StepContext, 'signal' | 'undo'>,
): Promise<void> {
  const { items } = await kube.get<List<V1Namespace>>('/api/v1/namespaces', signal);
  const there = items.map(({ metadata }) => metadata?.name);
  const missing = namespaces.find((namespace) => !there.includes(namespace));
  if (missing) {
    throw new AppError('not-found', `The cluster has no namespace ${missing}`, {
      params: { name: missing },
      hints: [{ text: `Make it first: kubectl create namespace ${missing}` }],
    });
  }
  const had = new Set((await readPullSecrets(kube, signal)).map(({ namespace, name }) => `${namespace}/${name}`));
  for (const namespace of namespaces) {
    const secret = pullSecret(registry, namespace, password);
    const name = secretName(registry);
    if (!had.has(`${namespace}/${name}`)) {
      undo(`the pull secret in ${namespace}`, (within) => removePullSecret(kube, { namespace, name }, within));
    }
    await put(kube, secret, signal);
    await withServiceAccount(kube, namespace, (names) => [...new Set([...names, name])], signal);
  }
}

export async function removePullSecret(
  kube: Kube,
  { namespace, name }: { namespace: string; name: string },
  signal: AbortSignal,
): Promise<void> {
  await withServiceAccount(kube, namespace, (names) => names.filter((one) => one !== name), signal);
  await kube.objects.delete({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } }).catch((error) => {
    if ((error as { code?: unknown }).code !== 404) throw error;
  });
}

async function put(kube: Kube, secret: V1Secret, signal: AbortSignal): Promise<void> {
  const list = `/api/v1/namespaces/${secret.metadata?.namespace}/secrets`;
  try {
    await kube.send('POST', list, secret, signal);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 409)) throw error;
    await kube.send('PATCH', `${list}/${secret.metadata?.name}`, secret, signal);
  }
}

/** Somebody else may change it meanwhile: then it is read again. */
const tries = 5;

async function withServiceAccount(
  kube: Kube,
  namespace: string,
  next: (names: string[]) => string[],
  signal: AbortSignal,
): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/default`;
  for (let attempt = 1; ; attempt += 1) {
    const { metadata, imagePullSecrets = [] } = await kube.get<V1ServiceAccount>(path, signal);
    const names = imagePullSecrets.flatMap(({ name }) => (name ? [name] : []));
    const wanted = next(names);
    if (wanted.length === names.length) return;
    const change = {
      metadata: { resourceVersion: metadata?.resourceVersion },
      imagePullSecrets: wanted.map((name) => ({ name })),
    };
    try {
      await kube.send('PATCH', path, change, signal);
      return;
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 409) || attempt === tries) throw error;
    }
  }
}
