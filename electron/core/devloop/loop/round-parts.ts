// What a round of a loop works with, and what is kept of its artifacts from one to the next.
import type { Touches } from '../../../../shared/model/devloop/loop';
import type { Target } from '../deliver/deliver';
import type { Applied, Applier, ObjectId } from '../deploy/apply';
import type { ClusterView } from '../deploy/follow';
import type { RenderRequest } from '../deploy/programs';
import type { Syncer } from '../sync/sync';
import type { Journal } from './journal';
import type { Source } from './sources';

/** What runs of an artifact, and from which files it came. */
export interface Achieved {
  readonly id: string;
  readonly reference: string;
  readonly source: Source;
  /** Files were put into its containers since it was built. */
  readonly synced: boolean;
  readonly workdir: string;
}

export interface RoundParts {
  readonly loop: string;
  readonly context: string;
  readonly namespace: string;
  readonly environment: RenderRequest['environment'];
  readonly platform: string;
  readonly target: Target;
  readonly applier: Applier;
  readonly view: ClusterView;
  readonly syncer: Syncer;
  readonly journal: Journal;
  readonly sync: boolean;
  readonly touches: Touches;
  /** Kept from round to round. */
  readonly achieved: Map<string, Achieved>;
  /** Objects of the last round that applied. */
  applied: readonly Applied[];
  /** Writes down what is about to be made, so that a crash leaves nothing unknown. */
  record(made: {
    objects?: readonly ObjectId[];
    images?: readonly string[];
    releases?: { name: string; namespace: string }[];
  }): Promise<void>;
}
