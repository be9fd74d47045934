// A CronJob now: the Job that it would make, and whether it makes any.
import { randomBytes } from 'node:crypto';
import type { V1CronJob } from '@kubernetes/client-node';
import { asRefused } from '../kube/explain';
import { patch, type Target, wordsOf } from './target';

/** Names of Jobs are labels of their pods. */
const longestName = 63;

/** As `kubectl create job --from`, so that it counts as the CronJob's own. Returns the Job's name. */
export async function trigger({ kube, ref, object }: Target, signal: AbortSignal): Promise<string> {
  const { apiVersion, metadata, spec } = object as V1CronJob;
  const suffix = `-manual-${randomBytes(3).toString('hex')}`;
  const name = `${ref.name.slice(0, longestName - suffix.length)}${suffix}`;
  const template = spec?.jobTemplate;
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      labels: template?.metadata?.labels ?? {},
      annotations: { ...template?.metadata?.annotations, 'cronjob.kubernetes.io/instantiate': 'manual' },
      ownerReferences: [{ apiVersion, kind: 'CronJob', name: ref.name, uid: metadata?.uid, controller: true }],
    },
    spec: template?.spec,
  };
  const path = `/apis/batch/v1/namespaces/${encodeURIComponent(ref.namespace ?? '')}/jobs`;
  try {
    await kube.call({ method: 'POST', path, object: job }, signal);
  } catch (error) {
    throw asRefused(error, `a Job of ${wordsOf(ref)}`);
  }
  return name;
}

/** It makes no Jobs until it is resumed; those that run go on. */
export async function suspend(target: Target, suspended: boolean, signal: AbortSignal): Promise<void> {
  await patch(target, { spec: { suspend: suspended } }, signal);
}
