// What a round of a loop works with, and what is kept of its artifacts from one to the next.
import type { Touches } from '../../../../shared/model/devloop/loop';
import type { Remark } from '../../../../shared/model/sentence';
import type { Target } from '../deliver/deliver';
import type { Applied, Applier } from '../deploy/apply';
import type { ClusterView } from '../deploy/follow';
import type { RenderRequest } from '../deploy/programs';
import type { Reach } from '../show/reach';
import type { ImageProgram } from '../sync/supervisor';
import type { Syncer } from '../sync/sync';
import type { Journal } from './journal';
import type { Made } from './record';
import type { Source } from './sources';

/** What runs of an artifact, and from which files it came. */
export interface Achieved {
  readonly id: string;
  readonly reference: string;
  readonly source: Source;
  /** The containers that files were put into since it was built, by their keys; others have those of the image. */
  readonly syncedInto?: ReadonlySet<string> | undefined;
  /** Files that may be in its containers, or gone from them, though a sync of them did not come to its end. */
  readonly halfSynced?: readonly string[] | undefined;
  /** Why files cannot be put into its containers. */
  readonly unsynced?: Remark | undefined;
  readonly workdir: string;
  readonly program: ImageProgram;
  /** Its containers begin with the supervisor. */
  readonly restarts: boolean;
}

export interface RoundParts {
  readonly loop: string;
  readonly context: string;
  readonly namespace: string;
  readonly environment: RenderRequest['environment'];
  readonly platform: string;
  target: Target;
  /** Running nodes of the cluster as they are now. Throws what the engine does. */
  nodes(signal: AbortSignal): Promise<readonly string[]>;
  readonly applier: Applier;
  readonly view: ClusterView;
  /** Follows pods, workloads and logs in these namespaces too. */
  include(namespaces: readonly string[]): void;
  readonly reach: Reach;
  readonly syncer: Syncer;
  readonly journal: Journal;
  readonly sync: boolean;
  readonly touches: Touches;
  /** Kept from round to round. */
  readonly achieved: Map<string, Achieved>;
  /** Images whose containers have had files put into them since they were last delivered. */
  readonly synced: Set<string>;
  /** How often an image was delivered after that: what runs has to be made anew, though it may have the same image again. */
  readonly renewals: Map<string, number>;
  /** Everything is to be delivered and applied, since the cluster was away and may be another one. */
  anew: boolean;
  /** Objects that are in the cluster as far as is known: those of a round that did not come to its end, too. */
  applied: readonly Applied[];
  /** `Look.deployment` of the round that deployed last; undefined while something of it may be missing. */
  deployed: string | undefined;
  /** Writes down what is about to be made, so that a crash leaves nothing unknown. */
  record(made: Made): Promise<void>;
}
