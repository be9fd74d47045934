// The engine's disk: what takes it, and what could go, shown before it goes.
import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Disk, DiskPart } from '../../../shared/model/disk';
import { hasEnded } from '../../../shared/model/operation';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { OperationLine } from '../../parts/operation/operation-line';
import { useAsked } from '../../parts/use-asked';
import { useFormat } from '../../parts/words';
import { useOperations } from '../../stores/app-context';
import { DiskCleaning } from './disk-cleaning';
import classes from './images.module.css';

export function DiskTab() {
  const { t } = useTranslation();
  const last = useOperations().find(({ kind }) => kind === 'disk');
  const running = last && !hasEnded(last.state) ? last : undefined;
  const { answer, error, asking, again } = useAsked({}, (client, _input, signal) =>
    client.disk.usage(undefined, { signal }),
  );
  const freed = last !== undefined && running === undefined ? last.id : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the end of a clean-up is a reason
  useEffect(() => {
    if (freed) void again();
  }, [freed]);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Text maw={640}>{t('disk.why')}</Text>
        <Button
          variant="default"
          loading={asking}
          leftSection={<IconRefresh aria-hidden size={16} />}
          onClick={() => void again()}
        >
          {t('disk.again')}
        </Button>
      </Group>
      {error && <ErrorNotice error={error} />}
      {last?.state === 'failed' && last.error && <ErrorNotice error={last.error} />}
      {running && <OperationLine operation={running} />}
      {!answer && !error && (
        <>
          <Text c="dimmed" role="status">
            {t('disk.measuring')}
          </Text>
          <LoadingRows rows={3} height={60} />
        </>
      )}
      {answer && <Owners disk={answer} />}
      {answer && <DiskCleaning disk={answer} busy={running !== undefined} />}
    </Stack>
  );
}

function Owners({ disk }: { disk: Disk }) {
  const { t } = useTranslation();
  const format = useFormat();
  const others = disk.otherVolumes.reduce((sum, { bytes }) => sum + bytes, 0);
  const shared = { images: disk.images, buildCache: disk.buildCache, otherVolumes: others };
  return (
    <div className={classes.tableBox}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('disk.what')}</Table.Th>
            <Table.Th ta="right" w={140}>
              {t('disk.size')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {disk.owners.flatMap(({ kind, name, bytes, parts }) => [
            <Table.Tr key={`${kind} ${name}`}>
              <Table.Td>
                <span className={classes.kind}>{t(`disk.owner.${kind}`)}</span> <span className="mono">{name}</span>
              </Table.Td>
              <Table.Td ta="right">{format.size(bytes)}</Table.Td>
            </Table.Tr>,
            ...(parts.length < 2
              ? []
              : parts.map((part) => <Part key={`${kind} ${name} ${part.name} ${part.path}`} part={part} />)),
          ])}
          {(['images', 'buildCache', 'otherVolumes'] as const).map((what) => (
            <Table.Tr key={what}>
              <Table.Td>{t(`disk.${what}`)}</Table.Td>
              <Table.Td ta="right">{format.size(shared[what])}</Table.Td>
            </Table.Tr>
          ))}
          {disk.otherVolumes.map((part) => (
            <Part key={part.name} part={part} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** A container's own files, or a volume. */
function Part({ part: { name, path, bytes } }: { part: DiskPart }) {
  const format = useFormat();
  return (
    <Table.Tr c="dimmed">
      <Table.Td pl={92} className="mono">
        <span>{name}</span> {path}
      </Table.Td>
      <Table.Td ta="right">{format.size(bytes)}</Table.Td>
    </Table.Tr>
  );
}
