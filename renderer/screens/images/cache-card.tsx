// One cache: its state, what it takes of its budget, what can be done with it, and which clusters ask it first.
import { Button, Group, List, Progress, Switch, Text } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop, IconSettings, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cache } from '../../../shared/model/caches';
import { NodeBadge } from '../../parts/badge';
import { LossDialog } from '../../parts/loss-dialog';
import { OperationLine } from '../../parts/operation/operation-line';
import { useAsked } from '../../parts/use-asked';
import { useCall } from '../../parts/use-call';
import { useFormat } from '../../parts/words';
import { useActiveOperation, useClient, useClusters } from '../../stores/app-context';
import { CacheForm } from './cache-form';
import classes from './images.module.css';

export function CacheCard({ cache }: { cache: Cache }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { upstream, name, state, budget, account } = cache;
  const operation = useActiveOperation(name);
  const runs = state === 'running' && operation === undefined;
  const { answer: usage } = useAsked(runs ? { upstream } : undefined, (client, input, signal) =>
    client.caches.usage(input, { signal }),
  );
  return (
    <section className={classes.card} aria-label={upstream}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Group gap="sm">
            <Text fw={600} className="mono">
              {upstream}
            </Text>
            <NodeBadge state={state} word={t(`nodeState.${state}`)} />
          </Group>
          <Text size="sm" c="dimmed" mt={4}>
            {account ? t('caches.account', { account }) : t('caches.anonymous')}
          </Text>
        </div>
        <Actions cache={cache} usage={usage?.bytes} busy={operation !== undefined} />
      </Group>
      {usage && (
        <Group gap="sm" mt={8}>
          <Progress value={Math.min(100, (usage.bytes / budget) * 100)} w={220} aria-hidden />
          <Text size="sm">{t('caches.uses', { used: format.size(usage.bytes), budget: format.size(budget) })}</Text>
        </Group>
      )}
      {runs && usage?.asksUpstream === false && (
        <Text size="sm" mt={8} role="status">
          {t('caches.offline', { upstream })}
        </Text>
      )}
      {operation && <OperationLine operation={operation} />}
      <Users cache={cache} />
    </section>
  );
}

function Actions({ cache, usage, busy }: { cache: Cache; usage: number | undefined; busy: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const { running, run } = useCall();
  const [asking, setAsking] = useState<'delete' | 'change'>();
  const { upstream, state, clusters } = cache;
  const verb = state === 'running' ? 'stop' : 'start';
  const Icon = verb === 'stop' ? IconPlayerStop : IconPlayerPlay;
  const close = () => setAsking(undefined);
  return (
    <Group gap="xs">
      <Button
        variant="default"
        disabled={busy}
        loading={running}
        leftSection={<Icon aria-hidden size={16} />}
        onClick={() => void run(() => client.caches[verb]({ upstream }))}
      >
        {t(`action.${verb}`)}
      </Button>
      <Button
        variant="default"
        disabled={busy}
        leftSection={<IconSettings aria-hidden size={16} />}
        onClick={() => setAsking('change')}
      >
        {t('caches.change')}
      </Button>
      <Button
        variant="default"
        disabled={busy}
        leftSection={<IconTrash aria-hidden size={16} />}
        onClick={() => setAsking('delete')}
      >
        {t('caches.delete')}
      </Button>
      <CacheForm opened={asking === 'change'} cache={cache} onClose={close} />
      <LossDialog
        name={upstream}
        opened={asking === 'delete'}
        onClose={close}
        confirm={() => client.caches.delete({ upstream })}
      >
        <List.Item>
          {usage === undefined ? t('caches.lose') : t('caches.loseSize', { size: format.size(usage) })}
        </List.Item>
        {clusters.length > 0 && (
          <List.Item>
            {t('caches.loseUsers', { count: clusters.length, names: format.list(clusters), upstream })}
          </List.Item>
        )}
      </LossDialog>
    </Group>
  );
}

/** A switch for each cluster that runs, and for those that use it although they do not. */
function Users({ cache }: { cache: Cache }) {
  const { t } = useTranslation();
  const { clusters } = useClusters();
  const client = useClient();
  const { run } = useCall();
  const { upstream } = cache;
  const shown = clusters.filter(
    ({ name, provider, state }) =>
      provider === 'kubeadm' && (state === 'running' || state === 'degraded' || cache.clusters.includes(name)),
  );
  if (shown.length === 0) return null;
  return (
    <fieldset className={classes.users}>
      <legend className={classes.legend}>{t('caches.users')}</legend>
      {shown.map(({ name, state, operationId }) => {
        const connected = cache.clusters.includes(name);
        return (
          <Switch
            key={name}
            label={name}
            checked={connected}
            disabled={operationId !== undefined || state === 'stopped'}
            onChange={() =>
              void run(() => client.caches[connected ? 'disconnect' : 'connect']({ upstream, cluster: name }))
            }
          />
        );
      })}
    </fieldset>
  );
}
