// The local registry: made with one button, then what it is, who uses it, and what is in it; other programs' registries beside it.
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Command } from '../../parts/copy';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { OperationLine } from '../../parts/operation/operation-line';
import { useCall } from '../../parts/use-call';
import { useActiveOperation, useClient, useOperations, useRegistries } from '../../stores/app-context';
import classes from './images.module.css';
import { RegistryCard } from './registry-card';
import { Repositories } from './repositories';

const ours = 'boathouse-registry';

export function RegistryTab() {
  const { t } = useTranslation();
  const { registries, heard } = useRegistries();
  const own = registries.find(({ madeBy }) => madeBy === 'boathouse');
  const others = registries.filter((registry) => registry !== own);
  // The newest comes first: what went wrong is told until something else was tried.
  const last = useOperations().find(({ kind }) => kind === 'registry');
  if (!heard) return <LoadingRows rows={2} height={120} />;
  return (
    <Stack gap="xl">
      {last?.state === 'failed' && last.error && <ErrorNotice error={last.error} />}
      {own ? <RegistryCard registry={own} /> : <NoRegistry />}
      {own?.state === 'running' && <Repositories registry={own} />}
      {others.length > 0 && (
        <section>
          <Title order={2} className={classes.heading}>
            {t('registry.others')}
          </Title>
          <Stack gap="sm">
            {others.map((registry) => (
              <RegistryCard key={registry.name} registry={registry} />
            ))}
          </Stack>
        </section>
      )}
    </Stack>
  );
}

function NoRegistry() {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const operation = useActiveOperation(ours);
  return (
    <section className={classes.card}>
      <Title order={2} className={classes.heading}>
        {t('registry.none')}
      </Title>
      <Text maw={640}>{t('registry.why')}</Text>
      {operation ? (
        <OperationLine operation={operation} />
      ) : (
        <Group mt="md" gap="md">
          <Button
            leftSection={<IconPlus aria-hidden size={17} />}
            loading={running}
            onClick={() => void run(() => client.registry.create({}))}
          >
            {t('registry.create')}
          </Button>
          <Command text="boathouse registry create" />
        </Group>
      )}
    </section>
  );
}
