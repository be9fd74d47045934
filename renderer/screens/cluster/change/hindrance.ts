// Why a cluster cannot be changed, or not now: said where the buttons are.
import type { TFunction } from 'i18next';
import type { Cluster } from '../../../../shared/model/cluster';

/** A sentence for people; nothing where nothing stands in the way. */
export function hindranceWords(cluster: Cluster, t: TFunction): string | undefined {
  const ability = cluster.abilities.change;
  const maker = t(`cluster.maker.${cluster.madeBy}`);
  if (ability !== 'yes') return t(`change.hindrance.${ability}`, { maker });
  if (cluster.operationId || cluster.state === 'creating' || cluster.state === 'deleting')
    return t('change.hindrance.busy');
  const planes = cluster.nodes.filter(({ role }) => role === 'control-plane');
  if (!planes.some(({ state }) => state === 'running')) return t('change.hindrance.not-running');
  return undefined;
}
