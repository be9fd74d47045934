// A load as it goes: one bar for each node, with the bytes that moved and those that were there.
import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Operation, StepProgress } from '../../../../shared/model/operation';
import { ErrorNotice } from '../../../parts/error-notice';
import { useFormat } from '../../../parts/words';

const colours: Partial<Record<StepProgress['state'], string>> = { failed: 'red', done: 'green' };

export function NodeBars({ operation }: { operation: Operation }) {
  const steps = operation.steps.filter(({ kind }) => kind === 'image-load');
  return (
    <div aria-live="polite">
      {steps.map((step) => (
        <NodeBar key={step.id} step={step} />
      ))}
      {operation.error && <ErrorNotice error={operation.error} />}
    </div>
  );
}

function NodeBar({ step }: { step: StepProgress }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { transfer, state, lane } = step;
  const share = state === 'done' ? 1 : (step.progress ?? 0);
  const words = transfer
    ? t('nodeImages.sheet.moved', {
        moved: format.size(transfer.moved),
        total: format.size(transfer.total ?? transfer.moved),
        present: format.size(transfer.present),
      })
    : t(`stepState.${state}`);
  return (
    <div>
      <Text size="sm" mt="sm">
        {lane}, {words}
      </Text>
      <Progress value={share * 100} color={colours[state] ?? 'harbour'} aria-label={lane} mt={4} />
    </div>
  );
}
