// Images: what the engine has, what nodes have, and getting them from one to the other.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  clusterImagesSchema,
  engineImageSchema,
  loadRequestSchema,
  offeredPieceSchema,
  offerSchema,
  staleWorkloadSchema,
} from '../model/images';
import { call } from './base';

const named = z.object({ name: z.string() });
const started = z.object({ operationId: z.string() });

export const images = {
  /** What the engine has, the newest first. */
  engine: call.output(z.array(engineImageSchema)),
  /** What the nodes of a running cluster have. Throws `not-found`, `not-possible`, `not-ready`. */
  list: call.input(named).output(clusterImagesSchema),
  /**
   * Brings images into nodes; only what a node lacks travels.
   * Throws `not-found` (cluster, node), `image-missing` (with near names), `not-ready` (no node runs), `bad-input`.
   */
  load: call.input(loadRequestSchema).output(started),
  /**
   * Offers an archive that the caller has and the core cannot open by a path, such as one that was dropped onto the window, for as long
   * as the answer is listened to.
   */
  offer: call
    .input(z.object({ name: z.string().min(1).max(1000), size: z.number().int().nonnegative() }))
    .output(eventIterator(offerSchema)),
  /** A piece that was wanted. Throws `not-found`, `bad-input`. */
  give: call.input(offeredPieceSchema).output(z.void()),
  /** Lets nodes pull images by themselves, through mirrors and caches. Throws `not-found`, `not-ready`, `bad-input`. */
  pull: call
    .input(
      named.extend({
        images: z.array(z.string().min(1).max(1000)).min(1).max(100),
        nodes: z.array(z.string()).min(1).max(500).optional(),
      }),
    )
    .output(started),
  /** Takes images off nodes, by name or id. Throws `not-found` (with near names), `busy` when pods use one. */
  remove: call
    .input(named.extend({ images: z.array(z.string()).min(1).max(500), nodes: z.array(z.string()).min(1).optional() }))
    .output(started),
  /** What a prune would take away: images that no pod uses and that the node image did not bring. */
  prunable: call
    .input(named)
    .output(
      z.array(z.object({ id: z.string(), names: z.array(z.string()), size: z.number(), nodes: z.array(z.string()) })),
    ),
  /** What runs an older image than a load of this core brought under the same name. Throws `not-found`. */
  stale: call.input(z.object({ operationId: z.string() })).output(z.array(staleWorkloadSchema)),
  /** Restarts workloads so that their pods run the image that has their tag now. Throws `not-found`, `kubernetes-refused`. */
  restart: call
    .input(
      named.extend({
        workloads: z.array(staleWorkloadSchema.pick({ kind: true, namespace: true, name: true })).min(1),
      }),
    )
    .output(started),
};
