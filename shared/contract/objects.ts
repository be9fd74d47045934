// Looking into the cluster of any context: its kinds, lists of objects that follow every change, one object closely.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { apiKindSchema, kindRefSchema, objectDetailSchema, rowsMessageSchema } from '../model/objects';
import { call } from './base';

const context = z.string().min(1).max(1000);
const name = z.string().min(1).max(253);

export const objects = {
  /** Kinds that can be listed and watched. Throws `not-found` for an unknown context, `kubernetes-refused`. */
  kinds: call.input(z.object({ context })).output(z.array(apiKindSchema)),
  /**
   * Objects of a kind, live; of all namespaces where none is named. A cluster that goes away is told, and taken up again when it is
   * back. Throws `not-found` for an unknown context.
   */
  rows: call
    .input(
      z.object({
        context,
        kind: kindRefSchema,
        namespaces: z.array(name).max(50).default([]),
        /** Kubernetes' own syntax: `app=web,tier!=cache`. */
        labels: z.string().max(1000).optional(),
      }),
    )
    .output(eventIterator(rowsMessageSchema)),
  /** One object, live. Throws `not-found`, `kubernetes-refused`. */
  detail: call
    .input(
      z.object({
        context,
        kind: kindRefSchema,
        namespace: name.optional(),
        name: z.string().min(1).max(512),
        /** Shows the values of a Secret. */
        reveal: z.boolean().default(false),
      }),
    )
    .output(eventIterator(objectDetailSchema)),
};
