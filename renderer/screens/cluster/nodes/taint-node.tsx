// Changes the taints of a node: those that a user gave; what Kubernetes sets by itself stays.
import { IconShieldHalf } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import { isKubernetesOwn, taintText } from '../../../../shared/model/label-text';
import { ChangeForm } from '../change/change-form';
import { TaintField, taintsFrom } from '../change/label-field';
import { useChange } from '../change/use-change';

export function TaintNode({ cluster, node, onClose }: { cluster: Cluster; node: ClusterNode; onClose: () => void }) {
  const { t } = useTranslation();
  const [before] = useState(() => ownTaints(node));
  const [texts, setTexts] = useState(before);
  const taints = taintsFrom(texts);
  const changed = texts.join() !== before.join();
  const change = useChange(
    cluster.name,
    taints && changed ? [{ kind: 'taint-node', node: node.name, taints }] : undefined,
  );
  return (
    <ChangeForm
      cluster={cluster}
      title={t('nodes.taintTitle', { name: node.name })}
      change={change}
      confirm={t('nodes.taintConfirm')}
      icon={<IconShieldHalf aria-hidden size={16} />}
      onClose={onClose}
    >
      <TaintField value={texts} onChange={setTexts} />
    </ChangeForm>
  );
}

/** The taints that a user gave it, as texts. */
export function ownTaints({ kubernetes }: ClusterNode): string[] {
  return (kubernetes?.taints ?? []).filter(({ key }) => !isKubernetesOwn(key)).map(taintText);
}
