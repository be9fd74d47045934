// What contexts' clusters said when they were last asked, and which are being asked now.
import { useCallback, useState } from 'react';
import type { ErrorData } from '../../../shared/model/errors';
import type { Probe } from '../../../shared/model/kubeconfig';
import { errorDataOf } from '../../app/error-data';
import { useClient } from '../../stores/app-context';

export interface Probes {
  found: ReadonlyMap<string, Probe | { error: ErrorData }>;
  asking: ReadonlySet<string>;
  ask(contexts: readonly string[]): void;
}

export function useProbes(): Probes {
  const client = useClient();
  const [found, setFound] = useState<Probes['found']>(new Map());
  const [asking, setAsking] = useState<Probes['asking']>(new Set());
  const ask = useCallback(
    (contexts: readonly string[]) => {
      setAsking((before) => new Set([...before, ...contexts]));
      for (const context of contexts) {
        void client.kubeconfig
          .probe({ context })
          .catch((error: unknown) => ({ error: errorDataOf(error) }))
          .then((answer) => {
            setFound((before) => new Map([...before, [context, answer]]));
            setAsking((before) => new Set([...before].filter((each) => each !== context)));
          });
      }
    },
    [client],
  );
  return { found, asking, ask };
}
