// A running operation in one line: what it does right now, how far it is, and the button that cancels it.
import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Operation, progressOf } from '../../../shared/model/operation';
import { leadingStep } from '../timeline/layout';
import { useFormat } from '../words';
import classes from './operation.module.css';
import { useOperationTitle } from './title';

export function OperationLine({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = useOperationTitle();
  const step = leadingStep(operation, Date.now());
  const share = progressOf(operation.steps);
  return (
    <div className={classes.lineView}>
      <Text size="sm" fw={500} className={classes.lineTitle}>
        {title(operation)}
      </Text>
      <Progress
        className={classes.progress}
        value={share * 100}
        size="sm"
        color={operation.state === 'undoing' ? 'yellow' : 'harbour'}
        aria-label={title(operation)}
      />
      <Text size="sm" className="numbers" w={44} ta="right">
        {format.percent(share)}
      </Text>
      <Text size="sm" c="dimmed" className={classes.lineStep}>
        {step && operation.state === 'running' ? t(`steps.${step.kind}.title`) : ''}
      </Text>
    </div>
  );
}
