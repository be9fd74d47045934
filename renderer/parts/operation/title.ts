// What an operation is called while it runs and after it ended.
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../../shared/model/operation';
import { useFormat } from '../words';

/** Seconds from its start to its end, or to `now` (milliseconds since the epoch) while it runs. */
export function secondsOf(operation: Operation, now: number): number {
  if (operation.startedAt === undefined) return 0;
  return Math.max(0, (operation.endedAt ?? now) - operation.startedAt) / 1000;
}

/** `Creating shop`, or how it ended: `Ready in 22 s`. */
export function useOperationTitle(): (operation: Operation) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (operation) => {
    const { kind, state, subject } = operation;
    if (state === 'queued' || state === 'running' || state === 'undoing') {
      return t(`operation.${kind}.${state}`, { subject });
    }
    return t(`operation.${kind}.${state}`, { subject, duration: format.duration(secondsOf(operation, 0)) });
  };
}
