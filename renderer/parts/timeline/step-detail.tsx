// Explains one step: in a learner's words, with the command behind it for an expert.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StepProgress } from '../../../shared/model/operation';
import { StepBadge } from '../badge';
import { Command } from '../copy';
import { useFormat } from '../words';
import type { TimelineLayout } from './layout';
import classes from './timeline.module.css';
import { useLaneName, useWaitWords } from './words';

interface StepDetailProps {
  step: StepProgress;
  layout: TimelineLayout;
  subject: string;
  pinned: boolean;
}

export function StepDetail({ step, layout, subject, pinned }: StepDetailProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const laneName = useLaneName(subject);
  const waitWords = useWaitWords();
  const bar = layout.lanes.flatMap((lane) => lane.bars).find((each) => each.step.id === step.id);
  const ran = bar && step.state !== 'waiting' ? format.duration(bar.filled - bar.start) : undefined;
  return (
    <div className={classes.detail} data-pinned={pinned || undefined}>
      <div className={classes.detailHead}>
        <Text fw={600}>{t(`steps.${step.kind}.title`)}</Text>
        <Text c="dimmed" size="sm">
          {laneName(step.lane)}
        </Text>
        <StepBadge state={step.state} />
        {ran && (
          <Text c="dimmed" size="sm" className="numbers">
            {ran}
          </Text>
        )}
        {bar?.wait && (
          <Text c="dimmed" size="sm">
            {t(step.state === 'waiting' ? 'timeline.waitsFor' : 'timeline.waitedFor', {
              steps: waitWords(bar.wait.on),
              duration: format.duration(bar.wait.to - bar.wait.from),
            })}
          </Text>
        )}
      </div>
      <div className={classes.detailBody}>
        <Text size="sm" className={classes.explain}>
          {t(`steps.${step.kind}.explain`)}
        </Text>
        {step.command && (
          <div className={classes.detailCommand}>
            <Command text={step.command} />
          </div>
        )}
      </div>
      {step.note && (
        <Text size="sm" c="dimmed" className={classes.note}>
          {step.note}
        </Text>
      )}
    </div>
  );
}
