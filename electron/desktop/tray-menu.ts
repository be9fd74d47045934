// What the tray's menu shows, as plain data: a line per cluster with what can be done to it, kubectl's contexts, open, quit.
import type { Cluster } from '../../shared/model/cluster';
import type { KubeconfigView } from '../../shared/model/kubeconfig';
import type { DesktopWords } from './words';

export type TrayAction =
  | { do: 'open' }
  | { do: 'show'; cluster: string }
  | { do: 'start' | 'stop' | 'use'; cluster: string }
  | { do: 'switch'; context: string }
  | { do: 'contexts' }
  | { do: 'quit' };

export type TrayItem =
  | { type: 'separator' }
  | { type: 'note'; label: string }
  | { type: 'action'; label: string; action: TrayAction; enabled: boolean }
  | { type: 'choice'; label: string; action: TrayAction; chosen: boolean }
  | { type: 'menu'; label: string; items: TrayItem[] };

/** A menu that is longer than the screen is no help. */
const mostContexts = 30;

export interface TrayState {
  clusters: readonly Cluster[];
  /** When false, the clusters may not be the truth, so none are shown. */
  engineAnswers: boolean;
  kubeconfig: Pick<KubeconfigView, 'contexts' | 'current'>;
}

export function trayMenu({ clusters, engineAnswers, kubeconfig }: TrayState, words: DesktopWords): TrayItem[] {
  const sorted = [...clusters].sort((a, b) => a.name.localeCompare(b.name));
  return [
    { type: 'action', label: words.open, action: { do: 'open' }, enabled: true },
    { type: 'separator' },
    ...clusterItems(sorted, engineAnswers, words),
    ...contextItems(kubeconfig, words),
    { type: 'separator' },
    { type: 'action', label: words.quit, action: { do: 'quit' }, enabled: true },
  ];
}

/** The current context in the label, so that it is seen without opening the menu. */
function contextItems({ contexts, current }: TrayState['kubeconfig'], words: DesktopWords): TrayItem[] {
  if (contexts.length === 0) return [];
  const shown = contexts.filter((context, index) => index < mostContexts || context.current);
  const items = shown.map(
    ({ name, current: chosen }): TrayItem => ({
      type: 'choice',
      label: name,
      action: { do: 'switch', context: name },
      chosen,
    }),
  );
  const more: TrayItem[] =
    shown.length < contexts.length
      ? [{ type: 'action', label: words.moreContexts, action: { do: 'contexts' }, enabled: true }]
      : [];
  return [
    { type: 'separator' },
    { type: 'menu', label: words.context(current ?? words.noContext), items: [...items, ...more] },
  ];
}

function clusterItems(clusters: readonly Cluster[], engineAnswers: boolean, words: DesktopWords): TrayItem[] {
  if (!engineAnswers) return [{ type: 'note', label: words.noEngine }];
  if (clusters.length === 0) return [{ type: 'note', label: words.noClusters }];
  return clusters.map((cluster) => ({
    type: 'menu',
    label: `${cluster.name}: ${words.states[cluster.state]}`,
    items: actionsOf(cluster, words),
  }));
}

function actionsOf(cluster: Cluster, words: DesktopWords): TrayItem[] {
  const { name, state, current } = cluster;
  const busy = cluster.operationId !== undefined || state === 'creating' || state === 'deleting';
  const action = (label: string, verb: 'start' | 'stop' | 'use', enabled: boolean): TrayItem => ({
    type: 'action',
    label,
    action: { do: verb, cluster: name },
    enabled,
  });
  return [
    { type: 'action', label: words.open, action: { do: 'show', cluster: name }, enabled: true },
    action(words.start, 'start', !busy && (state === 'stopped' || state === 'degraded' || state === 'paused')),
    action(words.stop, 'stop', !busy && (state === 'running' || state === 'degraded')),
    action(current ? words.inUse : words.use, 'use', !busy && !current && state !== 'incomplete'),
  ];
}
