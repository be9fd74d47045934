// What the tray's menu shows, as plain data: a line per cluster with what can be done to it, open, quit.
import type { Cluster } from '../../shared/model/cluster';
import type { DesktopWords } from './words';

export type TrayAction =
  | { do: 'open' }
  | { do: 'show'; cluster: string }
  | { do: 'start' | 'stop' | 'use'; cluster: string }
  | { do: 'quit' };

export type TrayItem =
  | { type: 'separator' }
  | { type: 'note'; label: string }
  | { type: 'action'; label: string; action: TrayAction; enabled: boolean }
  | { type: 'menu'; label: string; items: TrayItem[] };

/** @param engineAnswers when false, the clusters that are shown may not be the truth, so none are */
export function trayMenu(clusters: readonly Cluster[], engineAnswers: boolean, words: DesktopWords): TrayItem[] {
  const sorted = [...clusters].sort((a, b) => a.name.localeCompare(b.name));
  return [
    { type: 'action', label: words.open, action: { do: 'open' }, enabled: true },
    { type: 'separator' },
    ...clusterItems(sorted, engineAnswers, words),
    { type: 'separator' },
    { type: 'action', label: words.quit, action: { do: 'quit' }, enabled: true },
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
