// A change that is being filled in: its plan, and the call that begins it.
import { useState } from 'react';
import type { ClusterChange } from '../../../../shared/model/change';
import type { ErrorData } from '../../../../shared/model/errors';
import type { Plan } from '../../../../shared/model/operation';
import { errorDataOf } from '../../../app/error-data';
import { type Asked, useAsked } from '../../../parts/use-asked';
import { useClient } from '../../../stores/app-context';

export interface Change {
  cluster: string;
  /** Nothing while the fields are wrong. */
  changes: readonly ClusterChange[] | undefined;
  plan: Asked<{ plan: Plan }>;
  /** Why it cannot be planned, or could not begin. */
  error: ErrorData | undefined;
  starting: boolean;
  /** Resolves with whether it began. */
  start(): Promise<boolean>;
}

export function useChange(cluster: string, changes: readonly ClusterChange[] | undefined): Change {
  const client = useClient();
  const plan = useAsked(changes && { name: cluster, changes: [...changes] }, (asked, input, signal) =>
    asked.clusters.planChange(input, { signal }),
  );
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<{ of: string; error: ErrorData }>();
  const now = JSON.stringify(changes);

  async function start(): Promise<boolean> {
    if (!changes) return false;
    setStarting(true);
    try {
      await client.clusters.change({ name: cluster, changes: [...changes] });
      return true;
    } catch (error) {
      setFailure({ of: now, error: errorDataOf(error) });
      return false;
    } finally {
      setStarting(false);
    }
  }

  const error = changes && ((failure?.of === now ? failure.error : undefined) ?? plan.error);
  return { cluster, changes, plan, error, starting, start };
}
