// Tokens of a service account: short ones by TokenRequest; where a cluster has no such thing, one that is bound to a Secret, taken back later.
import type { V1Secret } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import type { Kube } from '../kube/connect';
import { Refusal } from '../kube/request';
import { owner, ownerLabel } from './place';

export interface IssuedToken {
  token: string;
  /** Milliseconds since the epoch; absent when it does not end by itself. */
  expiresAt?: number;
  /** Takes back what does not end by itself. */
  revoke?(signal: AbortSignal): Promise<void>;
}

export interface Account {
  namespace: string;
  name: string;
}

/** Seconds; the API server gives no less than ten minutes. */
export const tokenLife = 3600;

/** Milliseconds for the controller that fills a Secret. */
const secretLimit = 20_000;

const pathOf = ({ namespace, name }: Account) => `/api/v1/namespaces/${namespace}/serviceaccounts/${name}`;

/** Throws `not-found` where the account is not there, and `Refusal`. */
export async function issueToken(
  kube: Kube,
  account: Account,
  signal: AbortSignal,
  seconds: number = tokenLife,
): Promise<IssuedToken> {
  const object = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: seconds },
  };
  try {
    const path = `${pathOf(account)}/token`;
    const { status } = await kube.call<{ status: { token: string; expirationTimestamp: string } }>(
      { method: 'POST', path, object },
      signal,
    );
    return { token: status.token, expiresAt: Date.parse(status.expirationTimestamp) };
  } catch (error) {
    if (!(error instanceof Refusal && (error.code === 404 || error.code === 405))) throw error;
    await refuseMissing(kube, account, signal);
    return await secretToken(kube, account, signal);
  }
}

/** An account that is not there answers as a cluster without TokenRequest does. */
async function refuseMissing(kube: Kube, account: Account, signal: AbortSignal): Promise<void> {
  try {
    await kube.call({ method: 'GET', path: pathOf(account) }, signal);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 404)) throw error;
    throw new AppError('not-found', `There is no service account ${account.namespace}/${account.name}`, {
      params: { what: `${account.namespace}/${account.name}` },
    });
  }
}

/** A Secret that Kubernetes fills with a token (before 1.22 the only way that all clusters have). Throws `not-ready`. */
export async function secretToken(kube: Kube, account: Account, signal: AbortSignal): Promise<IssuedToken> {
  const list = `/api/v1/namespaces/${account.namespace}/secrets`;
  const name = `${account.name}-token-by-boathouse`;
  const object = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/service-account-token',
    metadata: {
      name,
      labels: { [ownerLabel]: owner },
      annotations: { 'kubernetes.io/service-account.name': account.name },
    },
  };
  await kube.call({ method: 'POST', path: list, object }, signal).catch((error: unknown) => {
    if (!(error instanceof Refusal && error.code === 409)) throw error;
  });
  const token = await filled(kube, `${list}?fieldSelector=metadata.name%3D${name}`, signal);
  return {
    token,
    async revoke(within) {
      await kube.call({ method: 'DELETE', path: `${list}/${name}` }, within).catch((error: unknown) => {
        if (!(error instanceof Refusal && error.code === 404)) throw error;
      });
    },
  };
}

async function filled(kube: Kube, path: string, signal: AbortSignal): Promise<string> {
  const limit = AbortSignal.timeout(secretLimit);
  const stop = new AbortController();
  try {
    for await (const secrets of kube.watch<V1Secret>(path, AbortSignal.any([signal, limit, stop.signal]))) {
      const [secret] = secrets.values();
      const data = secret?.data?.token;
      if (data) return Buffer.from(data, 'base64').toString('utf8');
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!limit.aborted) throw error;
  } finally {
    stop.abort();
  }
  throw new AppError('not-ready', `Kubernetes has not made a token within ${secretLimit / 1000} s`, {
    params: { what: 'token', seconds: secretLimit / 1000 },
  });
}
