// Every screen in every state that it has: which of the stand-in's worlds shows it, and where.

export interface Look {
  name: string;
  /** The stand-in's world: `?stand-in=...`. */
  world: string;
  at: string;
}

const screens: Record<string, string> = {
  home: '/clusters',
  'new-cluster': '/new',
  cluster: '/clusters/shop',
  'cluster-inside': '/clusters/shop/inside',
  'cluster-nodes': '/clusters/shop/nodes',
  'cluster-images': '/clusters/shop/images',
  'cluster-ports': '/clusters/shop/ports',
  'cluster-template': '/clusters/shop/template',
  'cluster-history': '/clusters/shop/history',
  templates: '/templates',
  'template-editor': '/templates/class/edit',
  images: '/images/engine',
  registry: '/images/registry',
  caches: '/images/caches',
  mirrors: '/images/mirrors',
  access: '/images/access',
  disk: '/images/disk',
  dev: '/dev',
  kubeconfig: '/kubeconfig',
  inside: '/kubeconfig/kind-shop',
  object: '/kubeconfig/kind-shop?kind=pods&namespace=shop&name=checkout-2',
  doctor: '/doctor',
  settings: '/settings',
  help: '/help/first-cluster',
  unknown: '/nowhere',
};

const look = (name: string, world: string, at: string): Look => ({ name: `${name}-${world}`, world, at });

/** What differs there; a screen that shows the same in two worlds is looked at in one. */
const others: Record<string, readonly string[]> = {
  empty: ['home', 'images', 'kubeconfig', 'dev', 'doctor'],
  loading: ['home', 'cluster', 'templates', 'kubeconfig', 'doctor', 'images'],
  stale: ['home', 'cluster', 'kubeconfig'],
  broken: ['home', 'new-cluster', 'images', 'doctor', 'settings'],
  sick: ['doctor', 'new-cluster'],
  paused: ['home'],
  refused: ['home'],
};

const longName = 'the-quarterly-conference-workshop-of-the-harbour';

export const looks: readonly Look[] = [
  ...Object.entries(screens).map(([name, at]) => look(name, 'populated', at)),
  ...Object.entries(others).flatMap(([world, names]) => names.map((name) => look(name, world, screens[name] ?? '/'))),
  look('cluster', 'creating', '/clusters/lab'),
  look('cluster', 'failed', '/clusters/lab'),
  look('cluster', 'made', '/clusters/lab'),
  look('home', 'restarted', '/clusters'),
  look('home', 'crowded', '/clusters'),
  look('cluster', 'crowded', `/clusters/${longName}`),
  look('cluster-nodes', 'crowded', `/clusters/${longName}/nodes`),
  look('cluster-history', 'crowded', `/clusters/${longName}/history`),
];

/** The narrowest that is promised, 200 % of 1280x800, and narrower than any design. */
export const narrow = [
  { width: 1024, height: 700 },
  { width: 640, height: 400 },
  { width: 380, height: 600 },
] as const;
