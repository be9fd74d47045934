// Long work as plain data: the plan's steps, how far each is, and how the whole ended.
import { z } from 'zod';
import { errorDataSchema } from './errors';

/** What a step does; the renderer has words and an explanation for each. */
export const stepKinds = [
  'engine-check',
  'manifests-read',
  'image-pull',
  'images-pull',
  'network-create',
  'volume-create',
  'certificates',
  'entrance',
  'node-create',
  'node-boot',
  'k3s-start',
  'certificates-trust',
  'node-configure',
  'kubelet-start',
  'images-unpack',
  'images-load',
  'control-plane-start',
  'api-server',
  'cluster-config',
  'addons',
  'pod-network',
  'storage',
  'node-join',
  'manifest-apply',
  'manifest-wait',
  'node-ready',
  'dns',
  'control-plane-finish',
  'kubeconfig-write',
  'image-find',
  'image-read',
  'image-load',
  'image-remove',
  'workload-restart',
  'sample-image',
  'sample-deploy',
  'sample-ready',
  'node-stop',
  'node-start',
  'node-pause',
  'node-resume',
  'doors-close',
  'doors-open',
  'controllers-hold',
  'controllers-release',
  'program-run',
  'host-names',
  'kubeconfig-remove',
  'node-delete',
  'network-delete',
  'volume-delete',
  'registry-disconnect',
  'profile-delete',
  'cleanup',
  'cluster-survey',
  'port-open',
  'port-close',
  'node-drain',
  'node-limit',
  'node-label',
  'node-taint',
  'mirrors',
  'sign-in',
  'sign-out',
  'registry-create',
  'registry-start',
  'registry-stop',
  'registry-delete',
  'registry-connect',
  'registry-announce',
  'registry-untagged',
  'registry-collect',
  'cache-create',
  'cache-start',
  'cache-stop',
  'cache-delete',
  'caches-connect',
  'disk-free',
  'endpoint',
  'etcd-join',
  'dashboard-objects',
  'dashboard-access',
  'dashboard-ready',
  'dashboard-remove',
  'object-scale',
  'object-restart',
  'object-roll-back',
  'object-delete',
  'files-in',
  'files-out',
] as const;
export const stepKindSchema = z.enum(stepKinds);
export type StepKind = z.infer<typeof stepKindSchema>;

export const plannedStepSchema = z.object({
  id: z.string(),
  kind: stepKindSchema,
  /** English, for terminals and logs. */
  title: z.string(),
  /** The row of the timeline it is drawn in: a node's name, `engine` or `cluster`. */
  lane: z.string(),
  /** Expected seconds, also its share of the whole progress. */
  weight: z.number().positive(),
  /** Ids of the steps that must have ended before. */
  after: z.array(z.string()),
  /** The command that does the same by hand, for people who learn from it. */
  command: z.string().optional(),
});
export type PlannedStep = z.infer<typeof plannedStepSchema>;

export const operationKinds = [
  'create',
  'start',
  'stop',
  'pause',
  'resume',
  'delete',
  'cleanup',
  'change',
  'registry',
  'cache',
  'disk',
  'dashboard',
  'object',
  'load-images',
  'remove-images',
] as const;
export const operationKindSchema = z.enum(operationKinds);
export type OperationKind = z.infer<typeof operationKindSchema>;

export const planSchema = z.object({
  kind: operationKindSchema,
  /** What it works on: a cluster's name, or a registry's. */
  subject: z.string(),
  steps: z.array(plannedStepSchema),
});
export type Plan = z.infer<typeof planSchema>;

export const stepStateSchema = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled', 'skipped']);

/** Bytes that a step moves: those moved so far, all that must be moved (absent while unknown), and those that were there already. */
export const transferSchema = z.object({ moved: z.number(), total: z.number().optional(), present: z.number() });
export type Transfer = z.infer<typeof transferSchema>;

export const stepProgressSchema = plannedStepSchema.extend({
  state: stepStateSchema,
  /** 0..1, absent when unknown. Never goes back. */
  progress: z.number().min(0).max(1).optional(),
  /** What is happening right now, or what it waits for. */
  note: z.string().optional(),
  transfer: transferSchema.optional(),
  /** Why it failed by itself, without ending what runs beside it. */
  error: errorDataSchema.optional(),
  /** Milliseconds since the epoch. */
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
});
export type StepProgress = z.infer<typeof stepProgressSchema>;

export const operationStateSchema = z.enum(['queued', 'running', 'undoing', 'done', 'failed', 'cancelled']);
export type OperationState = z.infer<typeof operationStateSchema>;

export const operationSchema = z.object({
  id: z.string(),
  kind: operationKindSchema,
  subject: z.string(),
  state: operationStateSchema,
  steps: z.array(stepProgressSchema),
  queuedAt: z.number(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  error: errorDataSchema.optional(),
  /** What an undo could not take back, in words. */
  leftovers: z.array(z.string()),
  /** The folder with the last words of nodes that a failed create took away. */
  nodeLogs: z.string().optional(),
});
export type Operation = z.infer<typeof operationSchema>;

export const logLineSchema = z.object({ sequence: z.number(), at: z.number(), step: z.string(), text: z.string() });
export type LogLine = z.infer<typeof logLineSchema>;

/** Whether nothing more will happen. */
export function hasEnded(state: OperationState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

/** Share of the whole that is done, 0..1, weighted by the steps' expected seconds. */
export function progressOf(steps: readonly StepProgress[]): number {
  const total = steps.reduce((sum, step) => sum + step.weight, 0);
  if (total === 0) return 0;
  return steps.reduce((sum, step) => sum + step.weight * shareOf(step), 0) / total;
}

function shareOf(step: StepProgress): number {
  if (step.state === 'done' || step.state === 'skipped') return 1;
  return step.state === 'running' ? (step.progress ?? 0) : 0;
}
