// What is used in the cluster of any context.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { metricsSchema } from '../model/metrics';
import { call } from './base';

export const metrics = {
  /**
   * CPU and memory of nodes, pods and containers, every few seconds for as long as somebody listens. Throws `not-found` for an
   * unknown context.
   */
  watch: call.input(z.object({ context: z.string().min(1).max(1000) })).output(eventIterator(metricsSchema)),
};
