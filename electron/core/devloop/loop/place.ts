// Where a loop runs: a cluster, by which engine and which API it is reached, and what it is called there.
import type { Engine } from '../../engine/engine';
import type { Kube } from '../../kube/connect';

export interface LoopPlace {
  readonly id: string;
  readonly name: string;
  readonly context: string;
  readonly namespace: string;
  readonly cluster: string | undefined;
  readonly engine: Engine;
  readonly kube: Kube;
  readonly nodes: readonly string[];
  readonly platform: string;
}
