// How much disk a registry takes, asked when it is shown and after each operation on it.
import { useEffect, useState } from 'react';
import type { LocalRegistry } from '../../../shared/model/registry';
import { useActiveOperation, useClient, useConnectionPhase } from '../../stores/app-context';

/** Bytes; undefined while unknown. Only of ours: what others keep is their matter. */
export function useUsage({ name, state, madeBy }: LocalRegistry): number | undefined {
  const client = useClient();
  const open = useConnectionPhase() === 'open';
  const busy = useActiveOperation(name) !== undefined;
  const [usage, setUsage] = useState<number>();
  const known = open && !busy && state === 'running' && madeBy === 'boathouse';

  useEffect(() => {
    if (!known) return;
    const withdraw = new AbortController();
    client.registry.usage({ name }, { signal: withdraw.signal }).then(
      ({ bytes }) => setUsage(bytes),
      () => {
        // It is a figure beside others: without it the rest still stands.
      },
    );
    return () => withdraw.abort();
  }, [client, name, known]);

  return state === 'running' ? usage : undefined;
}
