// The template that a cluster keeps: what it was made of, or what was applied last.
import type { Cluster } from '../../../../shared/model/cluster';
import { type Answer, useAnswer } from '../../../parts/use-answer';

export function useKeptTemplate({ name, operationId }: Cluster): Answer<{ yaml?: string | undefined }> {
  return useAnswer(name, operationId, (client, subject, signal) =>
    client.clusters.template({ name: subject }, { signal }),
  );
}
