// Where the user is: a screen and what it shows, kept in the address so that back, forward and links work.
import { useSyncExternalStore } from 'react';

/** The tabs of a cluster's page, in their order; `screens/cluster/tabs.tsx` says what is in each. */
export const clusterTabs = ['overview', 'inside', 'nodes', 'images', 'ports', 'template', 'history'] as const;
export type ClusterTab = (typeof clusterTabs)[number];

/** The tabs of the images, in their order; `screens/images/images-screen.tsx` says what is in each. */
export const imagesTabs = ['engine', 'registry', 'caches', 'mirrors', 'access', 'disk'] as const;
export type ImagesTab = (typeof imagesTabs)[number];

/** The pages of the help, in their order: each is `docs/<page>.md`. */
export const helpPages = [
  'install',
  'first-cluster',
  'templates',
  'registry',
  'images',
  'dev-loop',
  'kubeconfig',
  'dashboard',
  'troubleshooting',
  'uninstall',
] as const;
export type HelpPage = (typeof helpPages)[number];

/** One object: `deployments.apps`, its namespace where it has one, its name. */
export interface ObjectAt {
  kind: string;
  namespace?: string;
  name: string;
}

export type Route =
  | { screen: 'clusters' }
  | { screen: 'new-cluster'; template?: string }
  | { screen: 'cluster'; name: string; tab: ClusterTab }
  | { screen: 'templates'; id?: string }
  | { screen: 'images'; tab: ImagesTab }
  | { screen: 'template-editor'; id: string }
  /** A link that asks to import the template at an address; nothing is fetched before the user says so. */
  | { screen: 'template-import'; url: string }
  /** A file that was opened, by its whole path: it is looked at, and kept when the user says so. */
  | { screen: 'template-import'; file: string }
  /** The projects that people develop in, or one of them by its folder. */
  | { screen: 'dev'; dir?: string }
  | { screen: 'kubeconfig' }
  /** A look inside the cluster of a context, perhaps at one object: its kind as kubectl names it. */
  | { screen: 'inside'; context: string; at?: ObjectAt }
  /** Logs of a target (`deployment/web`) or of labels, alone on the screen. */
  | { screen: 'logs'; context: string; namespace: string; of: string }
  | { screen: 'doctor' }
  | { screen: 'settings' }
  | { screen: 'help'; page: HelpPage }
  | { screen: 'unknown'; path: string };

/** The route of a fragment such as `#/clusters/shop/history`. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [first = '', second, third, ...rest] = path.split('/').map(decode);
  const unknown: Route = { screen: 'unknown', path };
  if (rest.length > 0) return unknown;
  if (first === '' || (first === 'clusters' && !second)) return { screen: 'clusters' };
  if (first === 'clusters' && second) {
    const tab = clusterTabs.find((each) => each === (third ?? 'overview'));
    return tab ? { screen: 'cluster', name: second, tab } : unknown;
  }
  if (first === 'templates' && second && third === 'edit') return { screen: 'template-editor', id: second };
  const search = new URLSearchParams(query);
  const of = search.get('of');
  if (first === 'logs' && second && third && of) return { screen: 'logs', context: second, namespace: third, of };
  if (third !== undefined) return unknown;
  if (first === 'kubeconfig' && second) return { screen: 'inside', context: second, ...objectIn(search) };
  if (first === 'dev') return { screen: 'dev', ...(second && { dir: second }) };
  if (first === 'new') return { screen: 'new-cluster', ...(second && { template: second }) };
  const url = search.get('url');
  const file = search.get('file');
  if (first === 'templates' && second === 'import' && url !== null) return { screen: 'template-import', url };
  if (first === 'templates' && second === 'import' && file !== null) return { screen: 'template-import', file };
  if (first === 'templates') return { screen: 'templates', ...(second && { id: second }) };
  if (first === 'images') {
    const tab = imagesTabs.find((each) => each === (second ?? imagesTabs[0]));
    return tab ? { screen: 'images', tab } : unknown;
  }
  if (first === 'help') {
    const page = helpPages.find((each) => each === (second ?? helpPages[1]));
    return page ? { screen: 'help', page } : unknown;
  }
  if (second !== undefined) return unknown;
  if (first === 'kubeconfig' || first === 'doctor' || first === 'settings') return { screen: first };
  return unknown;
}

function objectIn(search: URLSearchParams): { at?: ObjectAt } {
  const [kind, namespace, name] = ['kind', 'namespace', 'name'].map((key) => search.get(key));
  return kind && name ? { at: { kind, name, ...(namespace && { namespace }) } } : {};
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The fragment of a route; `parseRoute` reads it back. */
export function hrefOf(route: Route): string {
  const parts = partsOf(route).filter((part) => part !== undefined);
  return `#/${parts.map(encodeURIComponent).join('/')}${queryOf(route)}`;
}

function queryOf(route: Route): string {
  if (route.screen === 'template-import') {
    return 'url' in route ? `?url=${encodeURIComponent(route.url)}` : `?file=${encodeURIComponent(route.file)}`;
  }
  if (route.screen === 'inside' && route.at) return `?${new URLSearchParams({ ...route.at })}`;
  return route.screen === 'logs' ? `?of=${encodeURIComponent(route.of)}` : '';
}

function partsOf(route: Route): (string | undefined)[] {
  switch (route.screen) {
    case 'clusters':
      return ['clusters'];
    case 'new-cluster':
      return ['new', route.template];
    case 'cluster':
      return ['clusters', route.name, route.tab === 'overview' ? undefined : route.tab];
    case 'templates':
      return ['templates', route.id];
    case 'dev':
      return ['dev', route.dir];
    case 'inside':
      return ['kubeconfig', route.context];
    case 'logs':
      return ['logs', route.context, route.namespace];
    case 'images':
      return ['images', route.tab];
    case 'help':
      return ['help', route.page];
    case 'template-editor':
      return ['templates', route.id, 'edit'];
    case 'template-import':
      return ['templates', 'import'];
    case 'unknown':
      return route.path.split('/');
    default:
      return [route.screen];
  }
}

/** Goes to a route as a link would, so that back comes here again. */
export function navigate(route: Route): void {
  window.location.hash = hrefOf(route);
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

/** The present route, kept up to date. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => window.location.hash));
}
