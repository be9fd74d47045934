// Registries: where clusters fetch images from.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { feedSchema } from '../model/feed';
import { localRegistrySchema, pageOf, repositorySchema, tagSchema } from '../model/registry';
import { registrySchema } from '../model/template/registry';
import { call } from './base';

const cluster = z.string().max(253);
/** Container of a registry; without it, ours. */
const registryName = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/)
  .max(253)
  .optional();
const one = z.object({ name: registryName });
const ofCluster = z.object({ name: registryName, cluster });
const started = z.object({ operationId: z.string() });
const repository = z
  .string()
  .regex(/^[a-z0-9]+([._/-]+[a-z0-9]+)*$/, 'use a repository such as team/web')
  .max(255);
const tag = z
  .string()
  .regex(/^\w[\w.-]{0,127}$/, 'use a tag such as 1.0')
  .max(128);
const after = z.string().max(512).optional();

export const registry = {
  /**
   * Where the nodes of a cluster fetch images from, as its first control plane has it: mirrors that were set, and hosts that somebody
   * else wrote. Throws `not-found`, `not-possible`.
   */
  mirrors: call
    .input(z.object({ cluster }))
    .output(z.object({ mirrors: registrySchema.shape.mirrors, others: z.record(z.string(), z.array(z.string())) })),
  /** Every local registry of the engine, ours first. */
  list: call.output(z.array(localRegistrySchema)),
  /** The same, live. */
  watch: call.output(eventIterator(feedSchema(localRegistrySchema))),
  /** Makes the local registry, with what an earlier one kept. Throws `name-taken`, `port-taken`. */
  create: call
    .input(z.object({ port: z.int().min(1).max(65_535).optional(), image: z.string().min(1).max(1000).optional() }))
    .output(started),
  start: call.input(one).output(started),
  stop: call.input(one).output(started),
  /** Deletes our registry with all its images. Throws `not-found`, `not-possible` for one that others made. */
  delete: call.input(one).output(started),
  /** Frees what no tag needs. The registry does not answer meanwhile. */
  collect: call.input(one).output(started),
  /** Lets a cluster's nodes fetch images from a registry, without restarting them. Throws `not-found`, `not-ready`. */
  connect: call.input(ofCluster).output(started),
  disconnect: call.input(ofCluster).output(started),
  /** Bytes that it takes on the engine's disk. Throws `registry-unreachable` when it does not run. */
  usage: call.input(one).output(z.object({ bytes: z.number() })),
  repositories: call.input(one.extend({ after })).output(pageOf(repositorySchema)),
  tags: call.input(one.extend({ repository, after })).output(pageOf(tagSchema)),
  /** Takes a tag away; what it named stays under its other tags. Throws `not-found`. */
  deleteTag: call.input(one.extend({ repository, tag })).output(z.void()),
};
