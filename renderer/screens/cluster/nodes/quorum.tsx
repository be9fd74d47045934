// What a change of the number of control planes means: how many may fail before the cluster has no API.
import { useTranslation } from 'react-i18next';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import { quorumOf } from '../../../../shared/model/quorum';
import classes from './nodes.module.css';

export function controlPlanes({ nodes }: Pick<Cluster, 'nodes'>): ClusterNode[] {
  return nodes.filter(({ role }) => role === 'control-plane');
}

/** How many to add so that their number is odd. */
export function toNextOdd(planes: number): number {
  return planes % 2 === 0 ? 1 : 2;
}

/** `before` and `after`: numbers of members of etcd, of which each control plane is one. */
export function Quorum({ before, after }: { before: number; after: number }) {
  const { t } = useTranslation();
  const words = (count: number) =>
    t('nodes.members', { count, quorum: quorumOf(count), spare: count - quorumOf(count) });
  return (
    <section className={classes.quorum} aria-label="etcd">
      <dl>
        <div>
          <dt>{t('nodes.membersNow')}</dt>
          <dd>{words(before)}</dd>
        </div>
        <div>
          <dt>{t('nodes.membersThen')}</dt>
          <dd>{words(after)}</dd>
        </div>
      </dl>
      {after % 2 === 0 && after > 0 && <p>{t('nodes.membersEven')}</p>}
    </section>
  );
}
