// The same as a plain table: every step with where it ran, its state, when it began and how long it took.
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../../shared/model/operation';
import { StepBadge } from '../badge';
import { useFormat } from '../words';
import type { TimelineLayout } from './layout';
import classes from './timeline.module.css';
import { useLaneName } from './words';

export function StepsTable({ operation, layout }: { operation: Operation; layout: TimelineLayout }) {
  const { t } = useTranslation();
  const format = useFormat();
  const laneName = useLaneName(operation.subject);
  const bars = new Map(layout.lanes.flatMap((lane) => lane.bars.map((bar) => [bar.step.id, bar])));
  return (
    <div className={classes.tableBox}>
      <Table verticalSpacing={6} aria-label={t('timeline.label', { subject: operation.subject })}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('timeline.column.step')}</Table.Th>
            <Table.Th>{t('timeline.column.where')}</Table.Th>
            <Table.Th>{t('timeline.column.state')}</Table.Th>
            <Table.Th ta="right">{t('timeline.column.began')}</Table.Th>
            <Table.Th ta="right">{t('timeline.column.took')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {operation.steps.map((step) => {
            const bar = bars.get(step.id);
            const begun = bar && step.startedAt !== undefined ? bar : undefined;
            return (
              <Table.Tr key={step.id}>
                <Table.Th scope="row" fw={400}>
                  {t(`steps.${step.kind}.title`)}
                </Table.Th>
                <Table.Td>{laneName(step.lane)}</Table.Td>
                <Table.Td>
                  <StepBadge state={step.state} />
                </Table.Td>
                <Table.Td ta="right" className="numbers">
                  {begun ? format.clock(begun.start) : '–'}
                </Table.Td>
                <Table.Td ta="right" className="numbers">
                  {begun ? format.duration(begun.filled - begun.start) : '–'}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}
