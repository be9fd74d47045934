// One registry: its state and address, what can be done with it, and which clusters fetch its images.
import { Group, Text } from '@mantine/core';
import { IconRecycle, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalRegistry } from '../../../shared/model/registry';
import { NodeBadge } from '../../parts/badge';
import { CopyText } from '../../parts/copy';
import { OperationLine } from '../../parts/operation/operation-line';
import { useCall } from '../../parts/use-call';
import { useFormat } from '../../parts/words';
import { useActiveOperation, useClient } from '../../stores/app-context';
import { CardActions } from './card-actions';
import { ClusterSwitches } from './cluster-switches';
import { DeleteRegistryDialog } from './delete-registry-dialog';
import classes from './images.module.css';
import { useUsage } from './use-usage';

export function RegistryCard({ registry }: { registry: LocalRegistry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
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
      <ClusterSwitches
        legend={t('registry.users')}
        users={registry.clusters}
        disabled={!registry.address}
        connect={(cluster) => client.registry.connect({ name: registry.name, cluster })}
        disconnect={(cluster) => client.registry.disconnect({ name: registry.name, cluster })}
      />
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
  const { run } = useCall();
  const [asking, setAsking] = useState(false);
  const { name, state, madeBy } = registry;
  const collect = () => void run(() => client.registry.collect({ name }));
  const ofOurs = [
    { label: t('registry.collect'), icon: IconRecycle, disabled: state !== 'running', onClick: collect },
    { label: t('registry.delete'), icon: IconTrash, onClick: () => setAsking(true) },
  ];
  return (
    <CardActions
      state={state}
      busy={busy}
      turn={(verb) => client.registry[verb]({ name })}
      more={madeBy === 'boathouse' ? ofOurs : []}
    >
      <DeleteRegistryDialog registry={registry} usage={usage} opened={asking} onClose={() => setAsking(false)} />
    </CardActions>
  );
}
