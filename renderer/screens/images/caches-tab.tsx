// The pull-through caches: each with what it takes and who uses it, and one more with a few words.
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Command } from '../../parts/copy';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { OperationLine } from '../../parts/operation/operation-line';
import { useCaches, useOperations } from '../../stores/app-context';
import { CacheCard } from './cache-card';
import { CacheForm } from './cache-form';
import classes from './images.module.css';

export function CachesTab() {
  const { t } = useTranslation();
  const { caches, heard } = useCaches();
  const [making, setMaking] = useState(false);
  // The newest comes first: what went wrong is told until something else was tried.
  const operations = useOperations().filter(({ kind }) => kind === 'cache');
  const [last] = operations;
  const names = new Set(caches.map(({ name }) => name));
  const coming = operations.filter(({ state, subject }) => state === 'running' && !names.has(subject));
  if (!heard) return <LoadingRows rows={2} height={120} />;
  return (
    <Stack gap="md">
      <Text maw={640}>{t('caches.why')}</Text>
      {last?.state === 'failed' && last.error && <ErrorNotice error={last.error} />}
      {caches.length === 0 && (
        <Title order={2} className={classes.heading}>
          {t('caches.none')}
        </Title>
      )}
      {caches.map((cache) => (
        <CacheCard key={cache.upstream} cache={cache} />
      ))}
      {coming.map((operation) => (
        <OperationLine key={operation.id} operation={operation} />
      ))}
      <Group gap="md">
        <Button leftSection={<IconPlus aria-hidden size={17} />} onClick={() => setMaking(true)}>
          {t('caches.make')}
        </Button>
        <Command text="boathouse caches create docker.io" />
      </Group>
      <CacheForm opened={making} taken={caches.map(({ upstream }) => upstream)} onClose={() => setMaking(false)} />
    </Stack>
  );
}
