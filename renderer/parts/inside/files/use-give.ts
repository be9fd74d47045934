// Gives files of the window to the core for as long as the operation that copies them goes on, whichever view is open meanwhile.
import { useCallback } from 'react';
import { hasEnded } from '../../../../shared/model/operation';
import type { FilesGiven } from '../../../../shared/model/pod-files';
import { useClient, useStores } from '../../../stores/app-context';
import { offerFile } from '../../offer-file';
import type { GatheredFile } from './gather';

/** Begins the copy; resolves with its operation's id. Rejects as the call does, and nothing is offered then. */
export function useGive() {
  const client = useClient();
  const { operations } = useStores();
  return useCallback(
    async (wanted: Omit<FilesGiven, 'files'>, files: readonly GatheredFile[]): Promise<string> => {
      const offering = new AbortController();
      try {
        const given = await Promise.all(
          files.map(async ({ file, path }) => ({ file: await offerFile(client, file, offering.signal), path })),
        );
        const { operationId } = await client.podFiles.give({ ...wanted, files: given });
        const leave = operations.subscribe(({ items }) => {
          const state = items.get(operationId)?.state;
          if (state === undefined || !hasEnded(state)) return;
          leave();
          offering.abort();
        });
        return operationId;
      } catch (error) {
        offering.abort();
        throw error;
      }
    },
    [client, operations],
  );
}
