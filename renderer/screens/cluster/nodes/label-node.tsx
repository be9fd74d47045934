// Changes the labels of a node: those that a user may give; Kubernetes' own are shown and stay.
import { IconTag } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import { isKubernetesOwn, labelText } from '../../../../shared/model/label-text';
import { ChangeForm } from '../change/change-form';
import { LabelField, labelsFrom } from '../change/label-field';
import { useChange } from '../change/use-change';
import { labelDifference } from './label-difference';

export function LabelNode({ cluster, node, onClose }: { cluster: Cluster; node: ClusterNode; onClose: () => void }) {
  const { t } = useTranslation();
  const [before] = useState(() => ownLabels(node));
  const [texts, setTexts] = useState(() => Object.entries(before).map(([key, value]) => labelText(key, value)));
  const after = labelsFrom(texts);
  const labels = after && labelDifference(before, after);
  const says = labels && Object.keys(labels).length > 0 ? labels : undefined;
  const change = useChange(cluster.name, says && [{ kind: 'label-node', node: node.name, labels: says }]);
  return (
    <ChangeForm
      cluster={cluster}
      title={t('nodes.labelTitle', { name: node.name })}
      change={change}
      confirm={t('nodes.labelConfirm')}
      icon={<IconTag aria-hidden size={16} />}
      onClose={onClose}
    >
      <LabelField value={texts} onChange={setTexts} />
    </ChangeForm>
  );
}

/** The labels that a user gave it. */
export function ownLabels({ kubernetes }: ClusterNode): Record<string, string> {
  return Object.fromEntries(Object.entries(kubernetes?.labels ?? {}).filter(([key]) => !isKubernetesOwn(key)));
}
