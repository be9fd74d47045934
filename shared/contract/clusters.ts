// Clusters: what there is, and everything that can be done to one as a whole.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { differenceSchema } from '../model/apply';
import { clusterChangeSchema } from '../model/change';
import { clusterNameSchema, clusterSchema, createRequestSchema } from '../model/cluster';
import { checkSchema } from '../model/diagnostics';
import { feedSchema } from '../model/feed';
import { usageSchema } from '../model/node-facts';
import { planSchema } from '../model/operation';
import { podSchema } from '../model/pod';
import { sentenceSchema } from '../model/sentence';
import { clusterServiceSchema } from '../model/service';
import { call } from './base';

const named = z.object({ name: clusterNameOrForeign() });
const started = z.object({ operationId: z.string() });
const applied = named.extend(createRequestSchema.pick({ template: true, parameters: true }).shape);
const changes = { changes: z.array(clusterChangeSchema).min(1).max(100) };

/** Clusters of other programs may have names that we would not give: kind 0.33 allows dots, minikube 1.38 capitals and underscores. */
function clusterNameOrForeign() {
  return z.union([
    clusterNameSchema,
    z
      .string()
      .regex(/^[a-zA-Z0-9._-]+$/)
      .max(253),
  ]);
}

export const clusters = {
  /** Every cluster of the engine, sorted by name. */
  list: call.output(z.array(clusterSchema)),
  /** The same, live. */
  watch: call.output(eventIterator(feedSchema(clusterSchema))),
  /** One cluster, with what Kubernetes and the engine tell of its nodes. Throws `not-found`. */
  get: call.input(named).output(clusterSchema),
  /** The same, live; silent while there is no such cluster. */
  watchOne: call.input(named).output(eventIterator(clusterSchema)),
  /** Its Services that a port can lead to. Throws `not-found`, `not-ready`, `kubernetes-refused`. */
  services: call.input(named).output(z.array(clusterServiceSchema)),
  /** What its running nodes use, by their names, about once a second for as long as somebody watches. */
  usage: call.input(named).output(eventIterator(z.record(z.string(), usageSchema))),
  /** Its pods, each in one word; none while it does not run. */
  pods: call.input(named).output(eventIterator(feedSchema(podSchema))),
  /** What a create would do, what is to be known of the request, and what the doctor says to it; changes nothing. */
  plan: call.input(createRequestSchema).output(
    z.object({
      plan: planSchema,
      image: z.string(),
      warnings: z.array(sentenceSchema),
      findings: z.array(checkSchema),
    }),
  ),
  create: call.input(createRequestSchema).output(started),
  start: call.input(named).output(started),
  stop: call.input(named).output(started),
  /**
   * Freezes the nodes with what they have in memory. `wake`: the first request to one of its ports resumes it, as long as a Boathouse
   * with a window runs; asked of a paused cluster, only that changes. Throws `not-possible` when it does not run.
   */
  pause: call.input(named.extend({ wake: z.boolean().default(false) })).output(started),
  /** Lets a paused cluster go on; one that was stopped meanwhile is started. */
  resume: call.input(named).output(started),
  delete: call.input(named).output(started),
  /** What changes to a running cluster would do; changes nothing. */
  planChange: call.input(named.extend(changes)).output(z.object({ plan: planSchema })),
  change: call.input(named.extend(changes)).output(started),
  /**
   * What makes a running cluster what a template says; changes nothing. There is a plan when there is something to do and nothing of it
   * takes a new cluster.
   */
  planApply: call
    .input(applied)
    .output(z.object({ differences: z.array(differenceSchema), plan: planSchema.optional() })),
  /** Does it as one operation; without one there was nothing to do. Refuses with `not-possible` what takes a new cluster. */
  apply: call
    .input(applied)
    .output(z.object({ differences: z.array(differenceSchema), operationId: z.string().optional() })),
  /** The template that a cluster was made of, or that was applied last; no text where it keeps none. Throws `not-found`. */
  template: call.input(named).output(z.object({ yaml: z.string().optional() })),
  /** Removes what an interrupted create left of a cluster. */
  cleanup: call.input(named).output(started),
  /**
   * Everything that helps to understand a cluster in any state, without secrets: the bytes of a tar.gz as they come, in base64.
   * Throws `not-found`.
   */
  exportLogs: call.input(named).output(eventIterator(z.object({ base64: z.string() }))),
  /** A stand-alone kubeconfig with administrator rights, as YAML. */
  kubeconfig: call.input(named).output(z.object({ yaml: z.string() })),
};
