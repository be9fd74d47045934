// The buttons of a cluster's header: what makes sense in its state; what is wanted more rarely is in a menu, delete last.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../shared/model/cluster';
import { actionIcons } from '../../parts/action-icons';
import { type ClusterAction, possibleActions } from '../../parts/cluster-actions';
import { DashboardButton } from '../../parts/dashboard/dashboard-button';
import { DeleteDialog } from '../../parts/delete-dialog';
import { useClusterActions } from '../../parts/use-cluster-actions';

type Performed = Exclude<ClusterAction, 'open' | 'delete'>;

const inMenu: readonly ClusterAction[] = ['pauseUntil', 'wakeOn', 'wakeOff'];
const prominent: readonly ClusterAction[] = ['start', 'resume', 'cleanup'];

export function HeaderActions({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const [deleting, setDeleting] = useState(false);
  const { running, perform } = useClusterActions(cluster.name);
  const actions = possibleActions(cluster);
  const performed = actions.filter((action): action is Performed => action !== 'open' && action !== 'delete');
  return (
    <>
      {(cluster.state === 'running' || cluster.state === 'degraded') && <DashboardButton context={cluster.context} />}
      {performed
        .filter((action) => !inMenu.includes(action))
        .map((action) => (
          <Button
            key={action}
            variant={prominent.includes(action) ? 'filled' : 'default'}
            disabled={running}
            leftSection={<ActionPicture action={action} />}
            onClick={() => perform(action)}
          >
            {t(`action.${action}`)}
          </Button>
        ))}
      <MoreActions
        name={cluster.name}
        actions={[...performed.filter((action) => inMenu.includes(action)), 'logs']}
        disabled={running}
        onPick={perform}
        onDelete={actions.includes('delete') ? () => setDeleting(true) : undefined}
      />
      <DeleteDialog cluster={cluster} opened={deleting} onClose={() => setDeleting(false)} />
    </>
  );
}

function ActionPicture({ action }: { action: ClusterAction }) {
  const Icon = actionIcons[action];
  return Icon && <Icon aria-hidden size={16} />;
}

interface MoreActionsProps {
  name: string;
  actions: readonly Performed[];
  disabled: boolean;
  onPick: (action: Performed) => void;
  /** Possible whatever runs on the cluster. */
  onDelete: (() => void) | undefined;
}

function MoreActions({ name, actions, disabled, onPick, onDelete }: MoreActionsProps) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('action.more', { name })}>
          <IconDots aria-hidden size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => (
          <Menu.Item
            key={action}
            disabled={disabled}
            leftSection={<ActionPicture action={action} />}
            onClick={() => onPick(action)}
          >
            {t(`action.${action}`)}
          </Menu.Item>
        ))}
        {onDelete && (
          <>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash aria-hidden size={16} />} onClick={onDelete}>
              {t('action.deleteDots')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
