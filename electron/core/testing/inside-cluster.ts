// For tests: the cluster of `inside.engine.test.ts`, for those of its parts that are rooms of their own.
import type { Kube } from '../kube/connect';
import type { TestCore } from './core';

export interface InsideCluster {
  /** Of the cluster: one node. */
  readonly name: string;
  readonly context: string;
  /** Open once the tests run. */
  core(): TestCore;
  kube(): Kube;
  /** For one call. */
  signal(): AbortSignal;
}
