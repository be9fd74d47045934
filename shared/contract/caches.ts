// Pull-through caches of registries elsewhere, shared by all clusters of an engine.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { cacheSchema, leastBudget, upstreamSchema } from '../model/caches';
import { feedSchema } from '../model/feed';
import { call } from './base';

const one = z.object({ upstream: upstreamSchema });
const ofCluster = one.extend({ cluster: z.string().max(253) });
const started = z.object({ operationId: z.string() });
const choices = one.extend({
  /** Where it fetches from, when that is not `https://` and the upstream's name. */
  url: z.url({ protocol: /^https?$/, error: 'use an address such as https://registry.example.com' }).optional(),
  /** Bytes. */
  budget: z.int().min(leastBudget).max(Number.MAX_SAFE_INTEGER).optional(),
  /** Whether it signs in with what `docker login` keeps for the upstream, if there is any; it does by default. */
  signIn: z.boolean().optional(),
});

export const caches = {
  list: call.output(z.array(cacheSchema)),
  /** The same, live. */
  watch: call.output(eventIterator(feedSchema(cacheSchema))),
  /**
   * Makes a cache, with what an earlier one kept; all clusters made here use it from their next pull on.
   * Throws `name-taken`; the operation fails with `credentials-refused` when the upstream does not take them.
   */
  create: call.input(choices.extend({ image: z.string().min(1).max(1000).optional() })).output(started),
  /** Gives it another budget, address or sign-in; what it keeps stays, and credentials are read anew. Throws `not-found`. */
  change: call.input(choices).output(started),
  /** Starts it, with credentials as they are now. */
  start: call.input(one).output(started),
  stop: call.input(one).output(started),
  /** Deletes it with all that it keeps; clusters fetch from the upstream itself again. Throws `not-found`. */
  delete: call.input(one).output(started),
  /** Lets what was used least recently go until no more than `keep` bytes are left. Throws `not-found`, `not-ready`. */
  prune: call.input(one.extend({ keep: z.int().min(0) })).output(z.object({ freed: z.number() })),
  /** Lets the nodes of a cluster ask it first, or no longer. Throws `not-found`, `not-ready`, `not-possible`. */
  connect: call.input(ofCluster).output(started),
  disconnect: call.input(ofCluster).output(started),
  /**
   * Bytes on the engine's disk, and whether it could begin to ask its upstream: until then it serves what it keeps.
   * Throws `not-found`, `not-ready` when it does not run.
   */
  usage: call.input(one).output(z.object({ bytes: z.number(), asksUpstream: z.boolean() })),
};
