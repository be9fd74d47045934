// Drains a node and deletes it, after saying what goes with it; a control plane leaves etcd before.
import { Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import { ChangeForm } from '../change/change-form';
import { useChange } from '../change/use-change';
import { GoesWithNode } from './goes-with-node';
import { controlPlanes, Quorum } from './quorum';

export function RemoveNode({ cluster, node, onClose }: { cluster: Cluster; node: ClusterNode; onClose: () => void }) {
  const { t } = useTranslation();
  const [force, setForce] = useState(false);
  const change = useChange(cluster.name, [{ kind: 'remove-node', node: node.name, force }]);
  const leads = node.role === 'control-plane';
  const planes = controlPlanes(cluster).length;
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
      <Text>{t(leads ? 'nodes.removePlaneLead' : 'nodes.removeLead')}</Text>
      {leads && planes > 1 && <Quorum before={planes} after={planes - 1} />}
      <GoesWithNode force={force} onForce={setForce} />
    </ChangeForm>
  );
}
