// What was done to a cluster: what this core knows now, and what was kept from before it was started.
import { useEffect, useMemo, useState } from 'react';
import { hasEnded, type Operation } from '../../../../shared/model/operation';
import { useClient, useConnectionPhase } from '../../../stores/app-context';

/** The newest first. `asked`: whether what was kept is there. */
export function useHistory(name: string, present: readonly Operation[]): { operations: Operation[]; asked: boolean } {
  const client = useClient();
  const open = useConnectionPhase() === 'open';
  const [kept, setKept] = useState<{ name: string; operations: readonly Operation[] }>();
  const ended = present.filter(({ state }) => hasEnded(state)).map(({ id }) => id);
  const key = ended.join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: each end is a reason to ask again
  useEffect(() => {
    if (!open) return;
    const withdraw = new AbortController();
    client.operations.history({ subject: name }, { signal: withdraw.signal }).then(
      (operations) => !withdraw.signal.aborted && setKept({ name, operations }),
      // What this core knows is there all the same.
      () => !withdraw.signal.aborted && setKept((before) => before ?? { name, operations: [] }),
    );
    return () => withdraw.abort();
  }, [client, name, open, key]);

  const before = kept?.name === name ? kept.operations : undefined;
  const operations = useMemo(() => {
    const all = new Map([...(before ?? []), ...present].map((operation) => [operation.id, operation]));
    return [...all.values()].sort((a, b) => b.queuedAt - a.queuedAt);
  }, [before, present]);
  return { operations, asked: before !== undefined };
}
