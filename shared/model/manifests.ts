// Manifests beside a cluster: what each object of a text would become, who else owns what it sets, what the API says to it.
import { z } from 'zod';
import { diffHunkSchema } from './diff';
import { errorDataSchema } from './errors';

/** Another one that has set a field to something else (`kubectl-client-side-apply`, a controller), and which fields. */
export const fieldConflictSchema = z.object({ manager: z.string(), fields: z.array(z.string()) });
export type FieldConflict = z.infer<typeof fieldConflictSchema>;

/** A mistake in a text: its line and column, the first of each being 1. */
export const textProblemSchema = z.object({ line: z.number(), column: z.number(), message: z.string() });
export type TextProblem = z.infer<typeof textProblemSchema>;

/** `refused`: the API does not take it; `pruned`: it is in the cluster, and not in the text any more. */
export const objectChanges = ['created', 'changed', 'unchanged', 'refused', 'pruned'] as const;

export const manifestObjectSchema = z.object({
  /** The first is 1. */
  document: z.number(),
  /** Where it begins. */
  line: z.number(),
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  change: z.enum(objectChanges),
  /** As it is in the cluster against how it would be; values of Secrets are numbers. */
  hunks: z.array(diffHunkSchema),
  /** Without force the API refuses it. */
  conflicts: z.array(fieldConflictSchema),
  error: errorDataSchema.optional(),
  problems: z.array(textProblemSchema),
  /** What is made with it and is not there yet, so that the API cannot be asked: its namespace, its kind. */
  awaits: z.string().optional(),
});
export type ManifestObject = z.infer<typeof manifestObjectSchema>;

/** `problems`: why the text cannot be read at all. */
export const manifestDiffSchema = z.object({
  objects: z.array(manifestObjectSchema),
  problems: z.array(textProblemSchema),
  /** The cluster is on this computer; else the context's name has to be given with the wish. */
  local: z.boolean(),
});
export type ManifestDiff = z.infer<typeof manifestDiffSchema>;

export const editPlanSchema = z.object({
  hunks: z.array(diffHunkSchema),
  conflicts: z.array(fieldConflictSchema),
  problems: z.array(textProblemSchema),
  /** Why the API does not take it. */
  error: errorDataSchema.optional(),
  /** It was changed in the cluster meanwhile, elsewhere than in the edit, and the edit was put on top of that. */
  rebased: z.boolean(),
  local: z.boolean(),
  command: z.string(),
});
export type EditPlan = z.infer<typeof editPlanSchema>;

/** A label of objects that were applied under a name, so that what is no longer in the text can be found. */
export const setLabel = 'dev.boathouse.set';

/** How an object is called: `Deployment shop/web`. */
export function objectWords({ kind, namespace, name }: Pick<ManifestObject, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${[namespace, name].filter(Boolean).join('/')}`;
}
