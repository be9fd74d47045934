// Applying a template to a cluster: what it would do, and the call that begins it.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../../shared/model/cluster';
import type { ErrorData } from '../../../../shared/model/errors';
import { errorDataOf } from '../../../app/error-data';
import { notify } from '../../../parts/notify';
import type { Asked } from '../../../parts/use-asked';
import { useClient } from '../../../stores/app-context';
import { type Differences, useDifferences, type Wanted } from './use-differences';

export interface Apply {
  plan: Asked<Differences>;
  /** Why it cannot be planned, or could not begin. */
  error: ErrorData | undefined;
  starting: boolean;
  start(): void;
}

export function useApply(cluster: Cluster, wanted: Wanted | undefined): Apply {
  const { t } = useTranslation();
  const client = useClient();
  const { name } = cluster;
  const plan = useDifferences(cluster, wanted);
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<{ of: string; error: ErrorData }>();
  const now = JSON.stringify(wanted);

  async function start(): Promise<void> {
    if (!wanted) return;
    setStarting(true);
    setFailure(undefined);
    try {
      const { operationId } = await client.clusters.apply({ name, ...wanted });
      if (operationId === undefined) notify({ kind: 'good', message: t('apply.same') });
    } catch (error) {
      setFailure({ of: now, error: errorDataOf(error) });
    } finally {
      setStarting(false);
    }
  }

  const error = (failure && failure.of === now ? failure.error : undefined) ?? plan.error;
  return { plan, error, starting, start: () => void start() };
}
