// What every tab of a cluster's page is given.
import type { Cluster } from '../../../shared/model/cluster';
import type { Operation } from '../../../shared/model/operation';

export interface TabProps {
  name: string;
  /** Absent before the first container is there, and after the last is gone. */
  cluster: Cluster | undefined;
  /** What was done to it, the newest first, as far as is remembered. */
  operations: readonly Operation[];
}
