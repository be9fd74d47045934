// What is done to objects in the cluster of any context: scaled, restarted, rolled back, deleted; nodes emptied, CronJobs held.
import { z } from 'zod';
import {
  actionPlanSchema,
  deletionSchema,
  objectActionSchema,
  objectRefSchema,
  revisionSchema,
} from '../model/actions';
import { call } from './base';

const context = z.string().min(1).max(1000);
const one = z.object({ context, object: objectRefSchema });

export const actions = {
  /**
   * What an action would do, without doing it: of a deletion all that goes, of a drain the pods that move. Throws `not-found`,
   * `bad-input` where the action does not fit the kind, `kubernetes-refused`.
   */
  plan: call.input(one.extend({ action: objectActionSchema })).output(actionPlanSchema),
  /**
   * Does it. What takes longer goes on as an operation; an earlier one on the same object ends. Throws as `plan`, and `not-confirmed`
   * where the cluster is not on this computer and `confirmed` is not its context's name.
   */
  act: call
    .input(one.extend({ action: objectActionSchema, confirmed: z.string().optional() }))
    .output(
      z.object({ operationId: z.string().optional(), /** The Job that was made. */ made: z.string().optional() }),
    ),
  /** What deleting several objects would take, all together. What is gone already is left out. Throws `bad-input`, `kubernetes-refused`. */
  planDeletion: call.input(deletionSchema.extend({ context })).output(actionPlanSchema),
  /**
   * Deletes them, in one operation: what is refused is told, with its reason, and keeps none of the others. What is gone already is no
   * failure. Throws as `act`.
   */
  deleteSeveral: call
    .input(deletionSchema.extend({ context, confirmed: z.string().optional() }))
    .output(z.object({ operationId: z.string() })),
  /** What a workload can be rolled back to, the newest first. Throws as `plan`. */
  revisions: call.input(one).output(z.array(revisionSchema)),
};
