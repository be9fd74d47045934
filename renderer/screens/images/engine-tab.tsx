// The engine's images: found by name, picked, and loaded into clusters; one that is not here is pulled first.
import { Button, Checkbox, Group, Stack, Switch, Table, Text, TextInput } from '@mantine/core';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EngineImage } from '../../../shared/model/images';
import { hasEnded } from '../../../shared/model/operation';
import { Command } from '../../parts/copy';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { OperationLine } from '../../parts/operation/operation-line';
import { useAsked } from '../../parts/use-asked';
import { useCall } from '../../parts/use-call';
import { useFormat } from '../../parts/words';
import { useClient, useClusters, useOperations } from '../../stores/app-context';
import classes from './images.module.css';
import { PullForm } from './pull-form';

export function EngineTab() {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const { clusters } = useClusters();
  const able = clusters.filter(
    ({ abilities, state }) => abilities.images === 'yes' && (state === 'running' || state === 'degraded'),
  );
  const [images, setImages] = useState<readonly string[]>([]);
  const [into, setInto] = useState<string[]>();
  const [restart, setRestart] = useState(true);
  const names = able.map(({ name }) => name);
  // With one cluster there is nothing to choose.
  const chosen = (into ?? (names.length === 1 ? names : [])).filter((name) => names.includes(name));
  const loads = useOperations().filter(({ kind, state }) => kind === 'load-images' && !hasEnded(state));
  const load = () =>
    run(() => Promise.all(chosen.map((name) => client.images.load({ name, images: [...images], restart }))));
  return (
    <Stack gap="md">
      <Text maw={640}>{t('engineImages.why')}</Text>
      {loads.map((operation) => (
        <OperationLine key={operation.id} operation={operation} />
      ))}
      {names.length === 0 ? (
        <Text c="dimmed">{t('engineImages.noClusters')}</Text>
      ) : (
        <section className={classes.card} aria-label={t('engineImages.clusters')}>
          <Checkbox.Group label={t('engineImages.clusters')} value={chosen} onChange={setInto}>
            <Group mt={6} gap="md">
              {names.map((name) => (
                <Checkbox key={name} value={name} label={name} />
              ))}
            </Group>
          </Checkbox.Group>
          <Switch
            mt="sm"
            checked={restart}
            onChange={(event) => setRestart(event.currentTarget.checked)}
            label={t('engineImages.restart')}
          />
          <Group mt="md" gap="md">
            <Button
              loading={running}
              disabled={images.length === 0 || chosen.length === 0}
              leftSection={<IconDownload aria-hidden size={16} />}
              onClick={() => void load()}
            >
              {images.length === 0 ? t('engineImages.loadNone') : t('engineImages.load', { count: images.length })}
            </Button>
            {images.length > 0 && chosen[0] && (
              <Command text={`boathouse images load ${chosen[0]} ${images.join(' ')}`} />
            )}
          </Group>
          <PullForm clusters={chosen} restart={restart} />
        </section>
      )}
      <EngineList chosen={images} pick={names.length > 0} onChange={setImages} />
    </Stack>
  );
}

interface EngineListProps {
  chosen: readonly string[];
  /** Whether there is something that they could be loaded into. */
  pick: boolean;
  onChange(names: readonly string[]): void;
}

function EngineList({ chosen, pick, onChange }: EngineListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [search, setSearch] = useState('');
  const { answer, error } = useAsked({}, (client, _input, signal) => client.images.engine(undefined, { signal }));
  const rows = (answer ?? []).flatMap((image) => image.names.map((name) => ({ ...image, name })));
  const shown = rows.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  const toggle = (name: string, on: boolean) =>
    onChange(on ? [...chosen, name] : chosen.filter((other) => other !== name));
  if (error) return <ErrorNotice error={error} />;
  if (!answer) return <LoadingRows rows={4} height={36} />;
  return (
    <>
      <TextInput
        aria-label={t('engineImages.search')}
        placeholder={t('engineImages.search')}
        leftSection={<IconSearch aria-hidden size={16} />}
        maw={360}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {shown.length === 0 ? (
        <Text c="dimmed">{t(rows.length === 0 ? 'engineImages.empty' : 'engineImages.none')}</Text>
      ) : (
        <Rows rows={shown} chosen={chosen} pick={pick} toggle={toggle} size={format.size} date={format.date} />
      )}
    </>
  );
}

interface RowsProps {
  rows: readonly (EngineImage & { name: string })[];
  chosen: readonly string[];
  pick: boolean;
  toggle(name: string, on: boolean): void;
  size(bytes: number): string;
  date(moment: number): string;
}

function Rows({ rows, chosen, pick, toggle, size, date }: RowsProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.tableBox}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('engineImages.name')}</Table.Th>
            <Table.Th w={200}>{t('engineImages.created')}</Table.Th>
            <Table.Th ta="right" w={120}>
              {t('engineImages.size')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ name, size: bytes, created }) => (
            <Table.Tr key={name}>
              <Table.Td>
                <Group gap="sm" wrap="nowrap">
                  {pick && (
                    <Checkbox
                      aria-label={t('engineImages.choose', { name })}
                      checked={chosen.includes(name)}
                      onChange={(event) => toggle(name, event.currentTarget.checked)}
                    />
                  )}
                  <span className="mono">{name}</span>
                </Group>
              </Table.Td>
              <Table.Td>{date(created * 1000)}</Table.Td>
              <Table.Td ta="right">{size(bytes)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
