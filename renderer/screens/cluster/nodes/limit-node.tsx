// Changes what a node may use at most, while it runs.
import { Text } from '@mantine/core';
import { IconGauge } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import { quantityOf } from '../../../../shared/model/template/values';
import { ChangeForm } from '../change/change-form';
import { LimitFields, limitsFrom, useMostCpus } from '../change/limit-fields';
import { useChange } from '../change/use-change';

interface LimitNodeProps {
  cluster: Cluster;
  node: ClusterNode;
  inUse: number | undefined;
  onClose: () => void;
}

export function LimitNode({ cluster, node, inUse, onClose }: LimitNodeProps) {
  const { t } = useTranslation();
  const { cpus, memory } = node.limits ?? {};
  const [before] = useState({
    cpus: cpus === undefined ? '' : String(cpus),
    memory: memory === undefined ? '' : quantityOf(memory),
  });
  const [limits, setLimits] = useState(before);
  const wanted = limitsFrom(
    {
      cpus: limits.cpus === before.cpus ? '' : limits.cpus,
      memory: limits.memory === before.memory ? '' : limits.memory,
    },
    useMostCpus(),
  );
  const says = wanted && Object.keys(wanted).length > 0 ? wanted : undefined;
  const change = useChange(cluster.name, says && [{ kind: 'limit-node', node: node.name, resources: says }]);
  return (
    <ChangeForm
      cluster={cluster}
      title={t('nodes.limitTitle', { name: node.name })}
      change={change}
      confirm={t('nodes.limitConfirm')}
      icon={<IconGauge aria-hidden size={16} />}
      onClose={onClose}
    >
      <LimitFields value={limits} onChange={setLimits} inUse={inUse} />
      <Text size="sm" c="dimmed">
        {t('nodes.limitLasting')}
      </Text>
    </ChangeForm>
  );
}
