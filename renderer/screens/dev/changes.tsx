// The changes of a loop, the newest first, as a table: which files, what each stage took, when it was served; one closely when opened.
import { Table, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { Fragment, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Change, Loop } from '../../../shared/model/devloop/loop';
import { useFormat } from '../../parts/words';
import { ChangeDetail } from './change-detail';
import { useChangeWords } from './change-words';
import classes from './loop.module.css';
import { goesBySync, imageStations, stationOf } from './stations';

export function Changes({ loop: { changes, dir } }: { loop: Loop }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<number>();
  if (changes.length === 0) return <Text className={classes.quiet}>{t('dev.noChanges')}</Text>;
  return (
    <div className={classes.tableBox}>
      <Table className={classes.changes}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('dev.change')}</Table.Th>
            <Table.Th>{t('dev.when')}</Table.Th>
            {imageStations.map((name) => (
              <Table.Th key={name} className={classes.figure}>
                {t(`dev.station.${name}`)}
              </Table.Th>
            ))}
            <Table.Th className={classes.figure}>{t('dev.servedHead')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map((change) => (
            <ChangeRow
              key={change.number}
              change={change}
              dir={dir}
              open={opened === change.number}
              onToggle={() => setOpened((before) => (before === change.number ? undefined : change.number))}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

interface ChangeRowProps {
  change: Change;
  dir: string;
  open: boolean;
  onToggle: () => void;
}

function ChangeRow({ change, dir, open, onToggle }: ChangeRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useChangeWords();
  const detail = useId();
  const { number, at, state, way, servedAfter } = change;
  return (
    <Fragment>
      <Table.Tr data-state={state} data-open={open || undefined}>
        <Table.Td className={classes.what}>
          <UnstyledButton className={classes.toggle} aria-expanded={open} aria-controls={detail} onClick={onToggle}>
            <IconChevronRight aria-hidden className={classes.chevron} data-open={open || undefined} size={15} />
            <span className={classes.number}>{`#${number}`}</span>
            <span className={classes.file}>{words.what(change)}</span>
          </UnstyledButton>
        </Table.Td>
        <Table.Td className={classes.when}>{format.timeOfDay(at)}</Table.Td>
        {goesBySync(change) ? (
          <Table.Td colSpan={imageStations.length}>
            <span className={classes.synced} data-state={stationOf(change, 'sync').state}>
              {t('dev.station.sync')}
            </span>
          </Table.Td>
        ) : (
          imageStations.map((name) => <Figure key={name} change={change} name={name} />)
        )}
        <Table.Td className={classes.figure}>
          {state === 'done' && way !== 'nothing' && servedAfter !== undefined ? (
            <strong>{format.duration(servedAfter / 1000)}</strong>
          ) : (
            <span className={classes.ended} data-state={state}>
              {words.end(change)}
            </span>
          )}
        </Table.Td>
      </Table.Tr>
      {open && (
        <Table.Tr id={detail}>
          <Table.Td colSpan={imageStations.length + 3} className={classes.detailCell}>
            <ChangeDetail change={change} dir={dir} />
          </Table.Td>
        </Table.Tr>
      )}
    </Fragment>
  );
}

function Figure({ change, name }: { change: Change; name: (typeof imageStations)[number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, startedAt, endedAt } = stationOf(change, name);
  const text =
    state === 'done' && startedAt !== undefined && endedAt !== undefined
      ? format.duration((endedAt - startedAt) / 1000)
      : state === 'idle'
        ? ''
        : t(`dev.stationState.${state}`);
  return (
    <Table.Td className={classes.figure} data-state={state}>
      {text}
    </Table.Td>
  );
}
