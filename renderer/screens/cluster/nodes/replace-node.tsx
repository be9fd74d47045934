// Makes a node anew: a worker under its own name, a control plane by another that joins before it goes.
import { Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClusterChange } from '../../../../shared/model/change';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import { quantityOf } from '../../../../shared/model/template/values';
import { ChangeForm } from '../change/change-form';
import { taintsFrom } from '../change/label-field';
import { useChange } from '../change/use-change';
import { GoesWithNode } from './goes-with-node';
import { ownLabels } from './label-node';
import { ownTaints } from './taint-node';

export function ReplaceNode({ cluster, node, onClose }: { cluster: Cluster; node: ClusterNode; onClose: () => void }) {
  const { t } = useTranslation();
  const [force, setForce] = useState(false);
  const change = useChange(cluster.name, changesFor(node, force));
  return (
    <ChangeForm
      cluster={cluster}
      title={t('nodes.replaceTitle', { name: node.name })}
      change={change}
      confirm={t('nodes.replaceConfirm', { name: node.name })}
      dangerous
      icon={<IconRefresh aria-hidden size={16} />}
      onClose={onClose}
    >
      <Text>{t(node.role === 'control-plane' ? 'nodes.replacePlaneLead' : 'nodes.replaceLead')}</Text>
      <GoesWithNode force={force} onForce={setForce} />
    </ChangeForm>
  );
}

/** A member of etcd is its certificates, so that a control plane cannot come back as another under its name. */
function changesFor(node: ClusterNode, force: boolean): ClusterChange[] {
  const { name, role, pool, limits: { cpus, memory } = {} } = node;
  if (role !== 'control-plane') return [{ kind: 'replace-node', node: name, force }];
  const resources = {
    ...(cpus !== undefined && { cpus }),
    ...(memory !== undefined && { memory: quantityOf(memory) }),
  };
  const alike = {
    labels: ownLabels(node),
    taints: taintsFrom(ownTaints(node)) ?? [],
    resources,
    ...(pool && { pool }),
  };
  return [
    { kind: 'add-nodes', role, count: 1, ...alike },
    { kind: 'remove-node', node: name, force },
  ];
}
