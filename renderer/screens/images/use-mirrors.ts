// The mirrors of a cluster, asked when they are shown and after each operation on it.
import { useEffect, useState } from 'react';
import type { Client } from '../../../shared/contract';
import type { Cluster } from '../../../shared/model/cluster';
import type { ErrorData } from '../../../shared/model/errors';
import { errorDataOf } from '../../app/error-data';
import { useClient, useConnectionPhase } from '../../stores/app-context';

type Mirrors = Awaited<ReturnType<Client['registry']['mirrors']>>;

/** The last answer stays while another one is awaited. */
export function useMirrors({ name, operationId }: Cluster): { value?: Mirrors; error?: ErrorData } {
  const client = useClient();
  const open = useConnectionPhase() === 'open';
  const [answer, setAnswer] = useState<{ value?: Mirrors; error?: ErrorData }>({});

  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of an operation is the reason to ask again
  useEffect(() => {
    if (!open) return;
    const withdraw = new AbortController();
    client.registry.mirrors({ cluster: name }, { signal: withdraw.signal }).then(
      (value) => setAnswer({ value }),
      (error) => {
        if (!withdraw.signal.aborted) setAnswer({ error: errorDataOf(error) });
      },
    );
    return () => withdraw.abort();
  }, [client, name, operationId, open]);

  return answer;
}
