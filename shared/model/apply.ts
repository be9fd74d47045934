// What it takes to make a running cluster what a template says: every difference, how it can be had, and what will be done.
import { z } from 'zod';
import { clusterChangeSchema } from './change';
import { sentenceSchema } from './sentence';

/**
 * `in-place`: nodes go on; `rolling`: nodes are made anew one after another, their pods move meanwhile; `new-cluster`: it is fixed when
 * a cluster is made.
 */
export const effortSchema = z.enum(['in-place', 'rolling', 'new-cluster']);
export type Effort = z.infer<typeof effortSchema>;

export const differenceSchema = z.object({
  effort: effortSchema,
  /** Where in the template's spec: `nodes[web].count`, `networking.podSubnet`. */
  field: z.string(),
  /** What the cluster has and what the template says, where it can be said in a few words. */
  from: z.string().optional(),
  to: z.string().optional(),
  /** Names of nodes that are touched; empty where none is, or all are. */
  nodes: z.array(z.string()),
  /** What will be done, or why it takes a new cluster. */
  what: sentenceSchema,
  /** Empty where it takes a new cluster. */
  changes: z.array(clusterChangeSchema),
});
export type Difference = z.infer<typeof differenceSchema>;
