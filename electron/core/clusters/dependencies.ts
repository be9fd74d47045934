// What the verbs on clusters need of the rest of the core.
import type { Engine } from '../engine/engine';
import type { Operations } from '../operations/operations';
import type { ClusterProvider, VerbContext } from './providers/provider';

export interface ClusterDependencies extends VerbContext {
  providers: readonly ClusterProvider[];
  operations: Operations;
  /** The engine as soon as it answers. Throws `engine-unreachable`. */
  engine(signal?: AbortSignal): Promise<Engine>;
}
