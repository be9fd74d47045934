// What is in a cluster, of any kind: kinds that its API has, objects as rows of a table, one object closely.
import { z } from 'zod';
import { errorDataSchema } from './errors';
import { feedSchema } from './feed';
import { sentenceSchema } from './sentence';

/** How addresses name a kind: `apps`, `v1`, `deployments`; the core group is ''. */
export const kindRefSchema = z.object({
  group: z.string().max(253),
  version: z.string().regex(/^v[0-9a-z]{1,30}$/),
  resource: z.string().regex(/^[a-z0-9.-]{1,253}$/),
});
export type KindRef = z.infer<typeof kindRefSchema>;

export const apiKindSchema = kindRefSchema.extend({
  kind: z.string(),
  namespaced: z.boolean(),
  /** Of a definition that somebody has added to the cluster. */
  custom: z.boolean(),
  shortNames: z.array(z.string()),
});
export type ApiKind = z.infer<typeof apiKindSchema>;

export const columnSchema = z.object({
  name: z.string(),
  /** OpenAPI's; `date` cells are moments (RFC 3339). */
  type: z.string(),
  /** 0: always shown; above: with `-o wide`. */
  priority: z.number(),
  description: z.string().optional(),
});
export type Column = z.infer<typeof columnSchema>;

export const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Cell = z.infer<typeof cellSchema>;

export const objectRowSchema = z.object({
  /** `namespace/name`. */
  key: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
  /** In the order of the columns. */
  cells: z.array(cellSchema),
  createdAt: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  /** It is being deleted. */
  leaving: z.boolean().optional(),
});
export type ObjectRow = z.infer<typeof objectRowSchema>;

/** `listing`: there may be more; `live`: all, and every change; `lost`: as it was when the cluster was last heard. */
export const rowsStates = ['listing', 'live', 'lost'] as const;

export const rowsMessageSchema = z.union([
  feedSchema(objectRowSchema),
  z.object({ type: z.literal('columns'), columns: z.array(columnSchema) }),
  z.object({ type: z.literal('state'), state: z.enum(rowsStates), error: errorDataSchema.optional() }),
]);
export type RowsMessage = z.infer<typeof rowsMessageSchema>;

export const objectEventSchema = z.object({
  type: z.string(),
  reason: z.string(),
  message: z.string(),
  count: z.number(),
  at: z.string().optional(),
  from: z.string().optional(),
});
export type ObjectEvent = z.infer<typeof objectEventSchema>;

export const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  at: z.string().optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

/** Why an object is not as it should be: the reason, what shows it, the next step. */
export const whySchema = z.object({ said: sentenceSchema, next: sentenceSchema, evidence: z.string().optional() });
export type Why = z.infer<typeof whySchema>;

export const objectDetailSchema = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  kind: z.string(),
  createdAt: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  conditions: z.array(conditionSchema),
  /** Of a pod that does not run. */
  why: z.array(whySchema),
  /** Names of its containers, or of its pods': its own, then those that begin it, then those for debugging. */
  containers: z.array(z.string()),
  /** Who it belongs to, the nearest first. */
  owners: z.array(z.object({ kind: z.string(), name: z.string() })),
  /** The newest first. */
  events: z.array(objectEventSchema),
  /** Without `managedFields`; values of a Secret are hidden unless they were asked for. */
  yaml: z.string(),
  /** What actions on it depend on: the pods that are wanted, whether a node takes pods, whether a CronJob is held. */
  now: z.object({
    replicas: z.number().optional(),
    unschedulable: z.boolean().optional(),
    suspended: z.boolean().optional(),
  }),
  /** It has been deleted: this is how it was. */
  gone: z.boolean(),
});
export type ObjectDetail = z.infer<typeof objectDetailSchema>;

/** `pods`, `deployments.apps`: how people and kubectl name it. */
export function kindName({ resource, group }: Pick<KindRef, 'resource' | 'group'>): string {
  return group === '' ? resource : `${resource}.${group}`;
}

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
] as const;

/** How long ago, as kubectl says it: `45s`, `12m`, `3h`, `2d`. */
export function ageOf(moment: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(moment)) / 1000));
  if (Number.isNaN(seconds)) return moment;
  const unit = units.find(([, size]) => seconds >= 2 * size);
  return unit ? `${Math.floor(seconds / unit[1])}${unit[0]}` : `${seconds}s`;
}

/** What a cell says; `cores` and `bytes` are numbers, said as `kubectl top` says them. */
export function cellText(cell: Cell | undefined, column: Column, now: number): string {
  if (cell === null || cell === undefined || cell === '') return '';
  if (column.type === 'cores' && typeof cell === 'number')
    return cell < 1 ? `${Math.round(cell * 1000)}m` : cell.toFixed(2);
  if (column.type === 'bytes' && typeof cell === 'number') return `${Math.round(cell / 2 ** 20)}Mi`;
  return column.type === 'date' && typeof cell === 'string' ? ageOf(cell, now) : String(cell);
}
