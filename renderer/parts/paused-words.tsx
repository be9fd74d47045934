// What is so while a cluster is paused: what it keeps, and what those hear who ask it.
import { useTranslation } from 'react-i18next';
import { type Cluster, canWake } from '../../shared/model/cluster';

export function PausedWords({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const silent = cluster.madeBy === 'boathouse' ? 'refused' : 'other';
  const answer = cluster.wakes ? 'wakes' : canWake(cluster) ? 'own' : silent;
  return (
    <span>
      {t('cluster.paused')} {t(`cluster.pausedAnswer.${answer}`)}
    </span>
  );
}
