// Manifests into the cluster of any context, by server-side apply: what they would change, and applying them; an object's own YAML, edited.
import { z } from 'zod';
import { objectRefSchema } from '../model/actions';
import { editPlanSchema, manifestDiffSchema } from '../model/manifests';
import { call } from './base';

const text = z.string().max(5_000_000, 'a manifest has at most five million characters');
const manifest = z.object({
  context: z.string().min(1).max(1000),
  text,
  /** Of objects that name none; else that of the context. */
  namespace: z.string().min(1).max(253).optional(),
  /** Takes over the fields that others have set otherwise. */
  force: z.boolean().default(false),
  /** A name for all of them. */
  set: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/i)
    .optional(),
  /** Deletes what was applied under that name and is not in the text any more. */
  prune: z.boolean().default(false),
});
const edit = z.object({
  context: z.string().min(1).max(1000),
  object: objectRefSchema,
  /** The YAML as it was opened, with a Secret's values in it. */
  base: text,
  /** And as it is wanted. */
  text,
  force: z.boolean().default(false),
});
const confirmed = { confirmed: z.string().optional() };

export const manifests = {
  /** Nothing is changed; a text that cannot be read is part of the answer. Throws `not-found` for an unknown context. */
  diff: call.input(manifest).output(manifestDiffSchema),
  /**
   * Applies all, namespaces and new kinds first. Throws `bad-input` for a text that cannot be read, `not-confirmed` where the cluster
   * is not on this computer and `confirmed` is not its context's name.
   */
  apply: call.input(manifest.extend(confirmed)).output(z.object({ operationId: z.string() })),
  /**
   * What saving an edit would change. Throws `not-found` where the object is gone, `bad-input` for YAML of another object or cluster,
   * `changed-meanwhile` where it was changed in the same places.
   */
  planEdit: call.input(edit).output(editPlanSchema),
  /** Saves it. Throws as `planEdit`, and `field-conflict`, `kubernetes-refused`, `not-confirmed`. */
  edit: call.input(edit.extend(confirmed)).output(z.void()),
};
