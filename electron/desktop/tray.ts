// The tray: clusters and kubectl's contexts as they are now, and the way back to the window.
import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { Client } from '../../shared/contract';
import type { Cluster } from '../../shared/model/cluster';
import { applyFeed, emptyFeed } from '../../shared/model/feed';
import { type TrayAction, type TrayItem, type TrayState, trayMenu } from './tray-menu';
import type { DesktopWords } from './words';

export interface TrayOptions {
  client: Client;
  icon: string;
  /** Asked for each menu: the language may have been changed in the window. */
  words(): Promise<DesktopWords>;
  act(action: TrayAction): void;
  signal: AbortSignal;
}

/** Shows the tray and keeps its menu true until aborted. */
export function showTray(options: TrayOptions): Tray {
  const tray = new Tray(nativeImage.createFromPath(options.icon));
  let state: TrayState = { clusters: [], engineAnswers: true, kubeconfig: { contexts: [] } };
  tray.setToolTip('Boathouse');
  tray.on('click', () => options.act({ do: 'open' }));
  const rebuild = async () => {
    const words = await options.words();
    const items = trayMenu(state, words);
    tray.setContextMenu(Menu.buildFromTemplate(items.map((item) => templateOf(item, options.act))));
  };
  const show = (change: Partial<TrayState>) => {
    state = { ...state, ...change };
    void rebuild();
  };
  show({});
  void followClusters(options, (clusters) => show({ clusters }));
  void followEngine(options, (engineAnswers) => show({ engineAnswers }));
  void followContexts(options, (kubeconfig) => show({ kubeconfig }));
  return tray;
}

async function followClusters({ client, signal }: TrayOptions, show: (items: Cluster[]) => void): Promise<void> {
  let feed = emptyFeed<Cluster>();
  for await (const message of await client.clusters.watch(undefined, { signal })) {
    feed = applyFeed(feed, message, (cluster) => cluster.name);
    show([...feed.items.values()]);
  }
}

async function followEngine({ client, signal }: TrayOptions, show: (answers: boolean) => void): Promise<void> {
  for await (const state of await client.diagnostics.engine(undefined, { signal })) show(state.state === 'connected');
}

async function followContexts(
  { client, signal }: TrayOptions,
  show: (view: TrayState['kubeconfig']) => void,
): Promise<void> {
  for await (const view of await client.kubeconfig.watch(undefined, { signal })) show(view);
}

function templateOf(item: TrayItem, act: (action: TrayAction) => void): MenuItemConstructorOptions {
  switch (item.type) {
    case 'separator':
      return { type: 'separator' };
    case 'note':
      return { label: item.label, enabled: false };
    case 'action':
      return { label: item.label, enabled: item.enabled, click: () => act(item.action) };
    case 'choice':
      return { type: 'radio', label: item.label, checked: item.chosen, click: () => act(item.action) };
    case 'menu':
      return { label: item.label, submenu: item.items.map((inner) => templateOf(inner, act)) };
  }
}
