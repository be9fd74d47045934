// Waiting for Kubernetes: for its API to answer, for a list of objects to come into the wanted state.
import { setTimeout as pause } from 'node:timers/promises';
import type { KubernetesObject } from '@kubernetes/client-node';
import { AppError, isAbort } from '../../../shared/model/errors';
import type { Kube } from './connect';
import type { Objects } from './watch';

/** Milliseconds between two tries while nothing listens yet: there is no event for a port that opens. */
const retryMilliseconds = 100;

/**
 * Resolves when the API answers. Anything it says counts: administrators are let in before its roles exist.
 * Throws `not-ready` with the last refusal after `limit` milliseconds.
 */
export async function waitForApi(kube: Kube, signal: AbortSignal, limit: number): Promise<void> {
  const deadline = AbortSignal.timeout(limit);
  const either = AbortSignal.any([signal, deadline]);
  let last: unknown;
  while (!deadline.aborted) {
    try {
      await kube.get('/version', AbortSignal.any([either, AbortSignal.timeout(2_000)]));
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (!isAbort(error)) last = error;
      await pause(retryMilliseconds, undefined, { signal: either }).catch(() => {});
    }
  }
  signal.throwIfAborted();
  throw new AppError('not-ready', `The API server did not answer within ${limit / 1000} s`, {
    params: { what: 'API server', seconds: limit / 1000 },
    detail: last instanceof Error ? last.message : String(last),
  });
}

/**
 * Watches a list until `missing` says that nothing is; it returns what is still waited for, in words.
 * A connection that breaks (an API server that restarts) is taken up again. Throws `not-ready` after `limit` milliseconds.
 */
export async function waitForObjects<Item extends KubernetesObject>(
  kube: Kube,
  path: string,
  missing: (objects: Objects<Item>) => string[],
  options: { signal: AbortSignal; limit: number; onWaiting?(missing: string[]): void },
): Promise<void> {
  const deadline = AbortSignal.timeout(options.limit);
  const signal = AbortSignal.any([options.signal, deadline]);
  let last: string[] = [path];
  while (!signal.aborted) {
    try {
      for await (const objects of kube.watch<Item>(path, signal)) {
        last = missing(objects);
        if (last.length === 0) return;
        options.onWaiting?.(last);
      }
    } catch {
      await pause(retryMilliseconds, undefined, { signal }).catch(() => {});
    }
  }
  options.signal.throwIfAborted();
  throw new AppError('not-ready', `Still waiting after ${options.limit / 1000} s: ${last.join(', ')}`, {
    params: { what: last.join(', '), seconds: options.limit / 1000 },
  });
}

/** Milliseconds in which an API that has just come up is asked again before its refusal counts. */
const patience = 30_000;

/**
 * Calls until Kubernetes accepts or refuses for good. An API server that has just come up may break connections, answer 5xx
 * while etcd is slow, and have no namespace `kube-system` yet (404); `early`: nor its roles and priorities (403). Throws the last
 * refusal, or the signal's reason.
 */
export async function insist<Answer>(
  call: () => Promise<Answer>,
  signal: AbortSignal,
  { early = false } = {},
): Promise<Answer> {
  const end = performance.now() + patience;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      signal.throwIfAborted();
      if (!mayPass(error, early) || performance.now() > end) throw error;
    }
    await pause(retryMilliseconds, undefined, { signal }).catch(() => {});
  }
}

function mayPass(error: unknown, early: boolean): boolean {
  const { code } = error as { code?: unknown };
  return typeof code !== 'number' || code === 404 || code === 429 || code >= 500 || (early && code === 403);
}
