// One cache: its state, what it takes of its budget, what can be done with it, and which clusters ask it first.
import { Group, List, Progress, Text } from '@mantine/core';
import { IconSettings, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cache } from '../../../shared/model/caches';
import { NodeBadge } from '../../parts/badge';
import { LossDialog } from '../../parts/loss-dialog';
import { OperationLine } from '../../parts/operation/operation-line';
import { useAsked } from '../../parts/use-asked';
import { useFormat } from '../../parts/words';
import { useActiveOperation, useClient } from '../../stores/app-context';
import { CacheForm } from './cache-form';
import { CardActions } from './card-actions';
import { ClusterSwitches } from './cluster-switches';
import classes from './images.module.css';

export function CacheCard({ cache }: { cache: Cache }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
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
      <ClusterSwitches
        legend={t('caches.users')}
        users={cache.clusters}
        connect={(cluster) => client.caches.connect({ upstream, cluster })}
        disconnect={(cluster) => client.caches.disconnect({ upstream, cluster })}
      />
    </section>
  );
}

function Actions({ cache, usage, busy }: { cache: Cache; usage: number | undefined; busy: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const [asking, setAsking] = useState<'delete' | 'change'>();
  const { upstream, state, clusters } = cache;
  const close = () => setAsking(undefined);
  return (
    <CardActions
      state={state}
      busy={busy}
      turn={(verb) => client.caches[verb]({ upstream })}
      more={[
        { label: t('caches.change'), icon: IconSettings, onClick: () => setAsking('change') },
        { label: t('caches.delete'), icon: IconTrash, onClick: () => setAsking('delete') },
      ]}
    >
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
    </CardActions>
  );
}
