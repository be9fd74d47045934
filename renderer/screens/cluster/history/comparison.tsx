// Two operations side by side: their timelines, and what took longer or shorter.
import { Button, Group, Table, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../../../shared/model/operation';
import { useOperationTitle } from '../../../parts/operation/title';
import { Timeline } from '../../../parts/timeline/timeline';
import { useLaneName } from '../../../parts/timeline/words';
import { useFormat } from '../../../parts/words';
import classes from '../cluster.module.css';
import { compareOperations } from './compare';

interface ComparisonProps {
  /** The earlier one. */
  one: Operation;
  other: Operation;
  onClose: () => void;
}

export function Comparison({ one, other, onClose }: ComparisonProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = useOperationTitle();
  const laneName = useLaneName(one.subject);
  const named = [one, other].map((each) => ({
    operation: each,
    date: format.date(each.startedAt ?? each.queuedAt),
  }));
  return (
    <section className={classes.card} aria-label={t('history.comparison')}>
      <Group justify="space-between" mb="sm">
        <h2 className={classes.heading}>{t('history.comparison')}</h2>
        <Button variant="default" size="xs" leftSection={<IconX aria-hidden size={14} />} onClick={onClose}>
          {t('action.close')}
        </Button>
      </Group>
      <div className={classes.pair}>
        {named.map(({ operation, date }) => (
          <div key={operation.id}>
            <Text fw={600}>{title(operation)}</Text>
            <Text size="sm" c="dimmed" mb="xs">
              {date}
            </Text>
            <Timeline operation={operation} />
          </div>
        ))}
      </div>
      <div className={classes.tableBox}>
        <Table verticalSpacing={4} aria-label={t('history.comparison')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('timeline.column.step')}</Table.Th>
              <Table.Th>{t('timeline.column.where')}</Table.Th>
              {named.map(({ operation, date }) => (
                <Table.Th key={operation.id} ta="right">
                  {date}
                </Table.Th>
              ))}
              <Table.Th ta="right">{t('history.difference')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {compareOperations(one, other).map((step) => (
              <Table.Tr key={`${step.kind} ${step.lane}`}>
                <Table.Th scope="row" fw={400}>
                  {t(`steps.${step.kind}.title`)}
                </Table.Th>
                <Table.Td>{laneName(step.lane)}</Table.Td>
                {[step.one, step.other].map((seconds, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: always the same two
                  <Table.Td key={index} ta="right" className="numbers">
                    {seconds === undefined ? '–' : format.duration(seconds)}
                  </Table.Td>
                ))}
                <Difference one={step.one} other={step.other} />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}

/** Seconds shorter than this are no difference worth a mark. */
const noticeable = 0.05;

function Difference({ one, other }: { one: number | undefined; other: number | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const by = one !== undefined && other !== undefined ? other - one : undefined;
  const none = by === undefined || Math.abs(by) < noticeable;
  return (
    <Table.Td ta="right" className="numbers">
      {none ? '–' : t(by > 0 ? 'history.longer' : 'history.shorter', { duration: format.duration(Math.abs(by)) })}
    </Table.Td>
  );
}
