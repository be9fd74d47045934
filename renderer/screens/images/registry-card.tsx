// One registry: its state and address, what can be done with it, and which clusters fetch its images.
import { Button, Group, Switch, Text } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop, IconRecycle, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalRegistry } from '../../../shared/model/registry';
import { NodeBadge } from '../../parts/badge';
import { CopyText } from '../../parts/copy';
import { OperationLine } from '../../parts/operation/operation-line';
import { useCall } from '../../parts/use-call';
import { useFormat } from '../../parts/words';
import { useActiveOperation, useClient, useClusters } from '../../stores/app-context';
import { DeleteRegistryDialog } from './delete-registry-dialog';
import classes from './images.module.css';
import { useUsage } from './use-usage';

export function RegistryCard({ registry }: { registry: LocalRegistry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const operation = useActiveOperation(registry.name);
  const usage = useUsage(registry);
  return (
    <section className={classes.card} aria-label={registry.name}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Group gap="sm">
            <Text fw={600} className="mono">
              {registry.name}
            </Text>
            <NodeBadge state={registry.state} word={t(`nodeState.${registry.state}`)} />
          </Group>
          <Group gap="lg" mt={4}>
            {registry.address && <CopyText text={registry.address} what={t('registry.address')} />}
            {usage !== undefined && (
              <Text size="sm" c="dimmed">
                {t('registry.usage', { size: format.size(usage) })}
              </Text>
            )}
          </Group>
        </div>
        <Actions registry={registry} usage={usage} busy={operation !== undefined} />
      </Group>
      {operation && <OperationLine operation={operation} />}
      <Users registry={registry} />
    </section>
  );
}

interface ActionsProps {
  registry: LocalRegistry;
  usage: number | undefined;
  busy: boolean;
}

function Actions({ registry, usage, busy }: ActionsProps) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const [asking, setAsking] = useState(false);
  const { name, state, madeBy } = registry;
  const runs = state === 'running';
  const verb = runs ? 'stop' : 'start';
  const Icon = runs ? IconPlayerStop : IconPlayerPlay;
  return (
    <Group gap="xs">
      <Button
        variant="default"
        disabled={busy}
        loading={running}
        leftSection={<Icon aria-hidden size={16} />}
        onClick={() => void run(() => client.registry[verb]({ name }))}
      >
        {t(`action.${verb}`)}
      </Button>
      {madeBy === 'boathouse' && (
        <>
          <Button
            variant="default"
            disabled={busy || !runs}
            leftSection={<IconRecycle aria-hidden size={16} />}
            onClick={() => void run(() => client.registry.collect({ name }))}
          >
            {t('registry.collect')}
          </Button>
          <Button
            variant="default"
            disabled={busy}
            leftSection={<IconTrash aria-hidden size={16} />}
            onClick={() => setAsking(true)}
          >
            {t('registry.delete')}
          </Button>
          <DeleteRegistryDialog registry={registry} usage={usage} opened={asking} onClose={() => setAsking(false)} />
        </>
      )}
    </Group>
  );
}

/** A switch for each cluster that runs, and for those that use it although they do not. */
function Users({ registry }: { registry: LocalRegistry }) {
  const { t } = useTranslation();
  const { clusters } = useClusters();
  const client = useClient();
  const { run } = useCall();
  const shown = clusters.filter(
    ({ name, provider, state }) =>
      provider === 'kubeadm' && (state === 'running' || state === 'degraded' || registry.clusters.includes(name)),
  );
  if (shown.length === 0) return null;
  return (
    <fieldset className={classes.users}>
      <legend className={classes.legend}>{t('registry.users')}</legend>
      {shown.map(({ name, state, operationId }) => {
        const connected = registry.clusters.includes(name);
        const input = { name: registry.name, cluster: name };
        return (
          <Switch
            key={name}
            label={name}
            checked={connected}
            disabled={operationId !== undefined || state === 'stopped' || !registry.address}
            onChange={() => void run(() => client.registry[connected ? 'disconnect' : 'connect'](input))}
          />
        );
      })}
    </fieldset>
  );
}
