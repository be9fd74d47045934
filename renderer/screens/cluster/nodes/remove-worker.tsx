// Drains a worker and deletes it, after saying what goes with it.
import { Checkbox, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import { ChangeForm } from '../change/change-form';
import { useChange } from '../change/use-change';
import classes from './nodes.module.css';

export function RemoveWorker({ cluster, node, onClose }: { cluster: Cluster; node: ClusterNode; onClose: () => void }) {
  const { t } = useTranslation();
  const [force, setForce] = useState(false);
  const change = useChange(cluster.name, [{ kind: 'remove-node', node: node.name, force }]);
  return (
    <ChangeForm
      cluster={cluster}
      title={t('nodes.removeTitle', { name: node.name })}
      change={change}
      confirm={t('nodes.removeConfirm', { name: node.name })}
      dangerous
      icon={<IconTrash aria-hidden size={16} />}
      onClose={onClose}
    >
      <Text>{t('nodes.removeLead')}</Text>
      <ul className={classes.list}>
        <li>{t('nodes.removePods')}</li>
        <li>{t('nodes.removeData')}</li>
        <li>{t('nodes.removeBudgets')}</li>
      </ul>
      <Checkbox
        label={t('nodes.force')}
        description={t('nodes.forceHint')}
        checked={force}
        onChange={(event) => setForce(event.currentTarget.checked)}
      />
    </ChangeForm>
  );
}
