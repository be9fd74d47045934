// The steps of a plan as a list, with the expected time of each as a bar.
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../shared/model/operation';
import classes from './plan-steps.module.css';
import { expectedSeconds } from './timeline/projection';
import { useLaneName } from './timeline/words';
import { useFormat } from './words';

/** `7 steps, many side by side: about 12 s` */
export function usePlanSum(): (plan: Plan) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ steps }) => t('plan.sum', { count: steps.length, duration: format.duration(expectedSeconds(steps)) });
}

export function StepList({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const format = useFormat();
  const laneName = useLaneName(plan.subject);
  const longest = Math.max(...plan.steps.map((step) => step.weight));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <ol className={classes.steps} tabIndex={0} aria-label={t('plan.steps')}>
      {plan.steps.map((step) => (
        <li key={step.id} className={classes.step}>
          <span className={classes.stepTitle} title={t(`steps.${step.kind}.title`)}>
            {t(`steps.${step.kind}.title`)}
          </span>
          <span className={classes.stepLane}>{laneName(step.lane)}</span>
          <span aria-hidden className={classes.stepBar}>
            <span style={{ width: `${(step.weight / longest) * 100}%` }} />
          </span>
          <span className={classes.stepSeconds}>{format.duration(step.weight)}</span>
        </li>
      ))}
    </ol>
  );
}
