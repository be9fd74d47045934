// What the nodes of a cluster have, asked again after every operation on the cluster.
import { useCallback, useEffect, useState } from 'react';
import type { ErrorData } from '../../../../shared/model/errors';
import type { ClusterImages } from '../../../../shared/model/images';
import { hasEnded } from '../../../../shared/model/operation';
import { errorDataOf } from '../../../app/error-data';
import { useClient, useOperations } from '../../../stores/app-context';

export interface Answer {
  list?: ClusterImages;
  error?: ErrorData;
}

export function useClusterImages(name: string, running: boolean): Answer & { again(): void } {
  const client = useClient();
  const [answer, setAnswer] = useState<Answer>({});
  const [asked, setAsked] = useState(0);
  const ended = useOperations().filter(({ subject, state }) => subject === name && hasEnded(state)).length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when an operation has ended, or on request
  useEffect(() => {
    if (!running) return;
    const stop = new AbortController();
    client.images.list({ name }, { signal: stop.signal }).then(
      (list) => !stop.signal.aborted && setAnswer({ list }),
      (error: unknown) => !stop.signal.aborted && setAnswer({ error: errorDataOf(error) }),
    );
    return () => stop.abort();
  }, [client, name, running, ended, asked]);
  return { ...answer, again: useCallback(() => setAsked((count) => count + 1), []) };
}
