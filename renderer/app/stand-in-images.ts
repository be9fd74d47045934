// Images for the stand-in: some on the engine, some on nodes, one that a newer one took the name of.
import type { ClusterImages, EngineImage } from '../../shared/model/images';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

export const sampleEngineImages: EngineImage[] = [
  { id: digest('a'), names: ['shop/web:dev'], size: 168_400_000, created: 1_764_464_000 },
  { id: digest('b'), names: ['shop/checkout:dev', 'shop/checkout:1.4'], size: 92_100_000, created: 1_764_460_000 },
  { id: digest('c'), names: ['postgres:17'], size: 438_000_000, created: 1_763_900_000 },
  { id: digest('d'), names: [], size: 168_200_000, created: 1_763_800_000 },
];

const nodes = ['shop-control-plane', 'shop-worker', 'shop-worker2'];

export const sampleClusterImages: ClusterImages = {
  nodes: nodes.map((name) => ({ name })),
  images: [
    {
      id: digest('c'),
      names: ['docker.io/library/postgres:17'],
      size: 438_000_000,
      nodes: ['shop-worker'],
      pods: [{ namespace: 'shop', name: 'database-0' }],
      system: false,
    },
    {
      id: digest('a'),
      names: ['docker.io/shop/web:dev'],
      size: 168_400_000,
      nodes: ['shop-worker', 'shop-worker2'],
      pods: [{ namespace: 'shop', name: 'web-7d4b9-x2x7p' }],
      system: false,
    },
    { id: digest('e'), names: ['docker.io/shop/report:old'], size: 51_000_000, nodes, pods: [], system: false },
    {
      id: digest('f'),
      names: ['registry.k8s.io/kube-proxy:v1.34.0'],
      size: 26_000_000,
      nodes,
      pods: nodes.map((name) => ({ namespace: 'kube-system', name: `kube-proxy-${name.slice(5, 10)}` })),
      system: true,
    },
  ],
  stale: [{ kind: 'Deployment', namespace: 'shop', name: 'web', images: ['shop/web:dev'], pods: ['web-7d4b9-x2x7p'] }],
};
