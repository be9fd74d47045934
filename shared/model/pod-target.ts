// Whose pods are meant: a pod, a workload or a Service by its name, or whatever has certain labels; as calls take it and as people write it.
import { z } from 'zod';
import { AppError } from './errors';

export const targetKinds = [
  'pod',
  'deployment',
  'statefulset',
  'daemonset',
  'replicaset',
  'replicationcontroller',
  'job',
  'cronjob',
  'service',
] as const;
export type TargetKind = (typeof targetKinds)[number];

const name = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'this is no name of Kubernetes');

export const namedTargetSchema = z.object({ namespace: name, kind: z.enum(targetKinds), name });
export const podTargetSchema = z.union([
  namedTargetSchema,
  /** In Kubernetes' own syntax: `app=web,tier!=cache`. */
  z.object({ namespace: name, labels: z.string().min(1).max(1000) }),
]);
/** A machine of the cluster, and no pod. */
export const nodeTargetSchema = z.object({ kind: z.literal('node'), name });
export type NamedTarget = z.infer<typeof namedTargetSchema>;
export type PodTarget = z.infer<typeof podTargetSchema>;

/** How Kubernetes' addresses name them: group and version, then the resource. */
export const targetResources: Record<TargetKind, { group: string; version: string; resource: string }> = {
  pod: { group: '', version: 'v1', resource: 'pods' },
  service: { group: '', version: 'v1', resource: 'services' },
  replicationcontroller: { group: '', version: 'v1', resource: 'replicationcontrollers' },
  deployment: { group: 'apps', version: 'v1', resource: 'deployments' },
  statefulset: { group: 'apps', version: 'v1', resource: 'statefulsets' },
  daemonset: { group: 'apps', version: 'v1', resource: 'daemonsets' },
  replicaset: { group: 'apps', version: 'v1', resource: 'replicasets' },
  job: { group: 'batch', version: 'v1', resource: 'jobs' },
  cronjob: { group: 'batch', version: 'v1', resource: 'cronjobs' },
};

const short: Record<string, TargetKind> = {
  po: 'pod',
  deploy: 'deployment',
  sts: 'statefulset',
  ds: 'daemonset',
  rs: 'replicaset',
  rc: 'replicationcontroller',
  cj: 'cronjob',
  svc: 'service',
};

/** The kind of pods that a resource has (`deployments`, `deploy`, `Deployment`); undefined where it has none. */
export function targetKindOf(word: string): TargetKind | undefined {
  const lower = word.toLowerCase().replace(/\..*$/, '');
  return short[lower] ?? targetKinds.find((kind) => kind === lower || `${kind}s` === lower);
}

/** As kubectl takes it: `web-1` is a pod, `deploy/web` a Deployment. Throws `bad-input`. */
export function parseTarget(text: string, namespace: string): NamedTarget {
  const [first = '', second, ...rest] = text.split('/');
  const kind = second === undefined ? 'pod' : targetKindOf(first);
  const target = { namespace, kind, name: second ?? first };
  const parsed = namedTargetSchema.safeParse(target);
  if (parsed.success && rest.length === 0) return parsed.data;
  const why = kind ? `${text} is no name of Kubernetes` : `${first} is nothing that has pods`;
  throw new AppError('bad-input', why, {
    hints: [
      { text: `Say a pod's name, or one of these with a name: ${targetKinds.map((one) => `${one}/`).join(', ')}` },
    ],
  });
}

/** `deployment/web`; of labels themselves. */
export function targetText(target: PodTarget): string {
  return 'labels' in target ? target.labels : `${target.kind}/${target.name}`;
}
