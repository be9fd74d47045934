// Everything that was done to a cluster, the newest first, each with its timeline; two can be compared.
import { Checkbox, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasEnded, type Operation } from '../../../../shared/model/operation';
import { LoadingRows } from '../../../parts/loading-rows';
import { OperationView } from '../../../parts/operation/operation-view';
import { useOperationTitle } from '../../../parts/operation/title';
import { useFormat } from '../../../parts/words';
import classes from '../cluster.module.css';
import { Comparison } from './comparison';
import { useHistory } from './use-history';

export function History({ name, operations: present }: { name: string; operations: readonly Operation[] }) {
  const { t } = useTranslation();
  const { operations, asked } = useHistory(name, present);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const pair = chosen.flatMap((id) => operations.find((operation) => operation.id === id) ?? []);
  const [one, other] = pair.sort((a, b) => a.queuedAt - b.queuedAt);

  /** The third that is chosen takes the place of the first. */
  const choose = (id: string, wanted: boolean) =>
    setChosen((before) => (wanted ? [...before, id].slice(-2) : before.filter((each) => each !== id)));

  if (operations.length === 0) return asked ? <Text c="dimmed">{t('history.empty')}</Text> : <LoadingRows />;
  return (
    <Stack gap="md">
      <Text c="dimmed">{t('history.lead')}</Text>
      {one && other && <Comparison one={one} other={other} onClose={() => setChosen([])} />}
      <Stack component="ol" gap={12} m={0} p={0} className={classes.history}>
        {operations.map((operation) => (
          <Entry
            key={operation.id}
            operation={operation}
            chosen={chosen.includes(operation.id)}
            onChoose={(wanted) => choose(operation.id, wanted)}
          />
        ))}
      </Stack>
    </Stack>
  );
}

interface EntryProps {
  operation: Operation;
  chosen: boolean;
  onChoose: (wanted: boolean) => void;
}

function Entry({ operation, chosen, onChoose }: EntryProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = useOperationTitle();
  const date = format.date(operation.startedAt ?? operation.queuedAt);
  return (
    <li className={classes.card}>
      <div className={classes.entry}>
        <Text size="sm" c="dimmed">
          {date}
        </Text>
        {hasEnded(operation.state) && (
          <Checkbox
            size="xs"
            label={t('history.compare')}
            aria-label={t('history.compareWhat', { title: title(operation), date })}
            checked={chosen}
            onChange={(event) => onChoose(event.currentTarget.checked)}
          />
        )}
      </div>
      <OperationView operation={operation} when={date} />
      {operation.kind === 'change' && <WhatChanged operation={operation} />}
    </li>
  );
}

/** What a change consisted of: its steps, apart from those that every change has. */
function WhatChanged({ operation: { steps, subject } }: { operation: Operation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kinds = [...new Set(steps.map(({ kind }) => kind))].filter((kind) => kind !== 'cluster-survey');
  const lanes = [...new Set(steps.map(({ lane }) => lane))].filter((lane) => lane.startsWith(`${subject}-`));
  const words = format.list(kinds.map((kind) => t(`steps.${kind}.title`)));
  return (
    <Text size="sm" c="dimmed" ml={34}>
      {lanes.length > 0 ? `${format.list(lanes)}${t('colon')}${words}` : words}
    </Text>
  );
}
