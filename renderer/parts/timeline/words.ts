// What the timeline says about a step: to the eye in a few letters, to a screen reader in a sentence.
import { useTranslation } from 'react-i18next';
import type { StepProgress } from '../../../shared/model/operation';
import { useFormat } from '../words';
import type { Bar } from './layout';

/** A lane's name without the cluster's name that all its nodes share; the engine and the cluster in the user's words. */
export function useLaneName(subject: string): (lane: string) => string {
  const { t } = useTranslation();
  return (lane) => {
    if (lane === 'engine' || lane === 'cluster') return t(`timeline.lane.${lane}`);
    return lane.startsWith(`${subject}-`) ? lane.slice(subject.length + 1) : lane;
  };
}

/** The sentence for a bar: step, state, how long, and what it waited for. */
export function useBarSentence(): (bar: Bar) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ step, start, end, filled, wait }) => {
    const parts = [t(`steps.${step.kind}.title`), t(`stepState.${step.state}`)];
    const waiting = step.state === 'waiting';
    parts.push(
      waiting
        ? t('timeline.expected', { duration: format.duration(step.weight) })
        : format.duration((step.state === 'running' ? filled : end) - start),
    );
    if (wait) parts.push(t('timeline.waitsFor', { steps: format.list(titlesOf(wait.on)) }));
    return parts.join(', ');
  };
  function titlesOf(steps: readonly StepProgress[]): string[] {
    return [...new Set(steps.map((step) => t(`steps.${step.kind}.short`)))];
  }
}

/** What a wait is for, in short: `API server`. */
export function useWaitWords(): (on: readonly StepProgress[]) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (on) => format.list([...new Set(on.map((step) => t(`steps.${step.kind}.short`)))]);
}
