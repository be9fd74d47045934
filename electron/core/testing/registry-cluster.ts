// For tests: the cluster of `registry.engine.test.ts`, for those of its parts that are rooms of their own.
import type { TestCore } from './core';

export interface RegistryCluster {
  /** Of the cluster: one node. */
  readonly name: string;
  /** The container of the local registry. */
  readonly registry: string;
  /** Open once the tests run. */
  core(): TestCore;
  /** Runs a pod of an image until it has ended well: its kubelet has fetched the image. */
  runs(cluster: string, pod: string, image: string): Promise<void>;
  /** Changes when a container is made or started anew. */
  startOf(container: string): Promise<string>;
}
