// What a closer look at the stand-in's clusters shows: labels, taints, limits, usage, ports and Services.
import type { Cluster, ClusterNode, OpenPort } from '../../shared/model/cluster';
import type { Usage } from '../../shared/model/node-facts';
import type { Pod } from '../../shared/model/pod';
import type { ClusterService } from '../../shared/model/service';
import { portSchema, type TemplatePort } from '../../shared/model/template/ports';

/** All its nodes Ready, the first worker of a pool of its own with a limit. */
export function detailed(cluster: Cluster): Cluster {
  return { ...cluster, nodes: cluster.nodes.map((node, index) => detailedNode(node, index, cluster)) };
}

function detailedNode(node: ClusterNode, index: number, cluster: Cluster): ClusterNode {
  const plane = node.role === 'control-plane';
  const role = plane ? { 'node-role.kubernetes.io/control-plane': '' } : {};
  return {
    ...node,
    ready: true,
    ...(index === 1 && { pool: 'web' }),
    kubernetes: {
      version: cluster.kubernetesVersion ?? '',
      labels: {
        'kubernetes.io/os': 'linux',
        'kubernetes.io/hostname': node.name,
        ...role,
        ...(index === 1 && { tier: 'web', zone: 'a' }),
      },
      taints: index === 2 ? [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }] : [],
      unschedulable: false,
      troubles: [],
    },
    limits: index === 1 ? { cpus: 2, memory: 2 * 2 ** 30 } : {},
    published: [],
  };
}

/** The first node busy, the others less and less. */
export function sampleUsage({ nodes }: Cluster): Record<string, Usage> {
  return Object.fromEntries(
    nodes.map(({ name }, index) => [name, { cpus: 0.42 / (index + 1), memory: (1.1 * 2 ** 30) / (index + 1) }]),
  );
}

/** Those of the system on every node, an app that spreads, one that has no image, and one that has no place. */
export function samplePods({ nodes }: Cluster): Pod[] {
  const on = (node: ClusterNode): Pod[] =>
    ['kube-proxy', 'kindnet'].map((name) => ({
      ...{ namespace: 'kube-system', name: `${name}-${node.name}`, node: node.name },
      state: 'running',
    }));
  const workers = nodes.filter(({ role }) => role === 'worker');
  const web = workers.flatMap((node, index) =>
    Array.from({ length: 3 + index * 8 }, (_, nth): Pod => {
      return {
        namespace: 'default',
        name: `web-${index}-${nth}`,
        node: node.name,
        state: nth === 2 ? 'starting' : 'running',
      };
    }),
  );
  const broken = { namespace: 'default', name: 'checkout-0', state: 'broken' } as const;
  return [
    ...nodes.flatMap(on),
    ...web,
    ...workers.slice(0, 1).map((node): Pod => ({ ...broken, node: node.name, reason: 'ImagePullBackOff' })),
    { namespace: 'shop', name: 'gpu-0', state: 'broken', reason: 'Unschedulable' },
  ];
}

export const sampleServices: ClusterService[] = [
  { namespace: 'default', name: 'web', ports: [{ name: 'http', port: 80, protocol: 'TCP', nodePort: 30080 }] },
  {
    namespace: 'shop',
    name: 'orders',
    ports: [
      { port: 8080, protocol: 'TCP' },
      { name: 'admin', port: 9000, protocol: 'TCP' },
    ],
  },
  { namespace: 'kube-system', name: 'kube-dns', ports: [{ name: 'dns', port: 53, protocol: 'UDP' }] },
];

/** One port to a Service, and one that other computers reach. */
export function samplePorts(cluster: string): OpenPort[] {
  const wanted: TemplatePort[] = [
    portSchema.parse({ hostPort: 8080, to: { service: 'web', port: 80 } }),
    portSchema.parse({ hostAddress: '0.0.0.0', hostPort: 5353, protocol: 'UDP', to: { node: 'all', port: 53 } }),
  ];
  return wanted.map((port) => ({
    ...port,
    name: `${cluster}-port-${port.hostPort}`,
    containerId: `port${port.hostPort}`.padEnd(64, '0'),
    state: 'running',
    image: 'kindest/node:v1.34.0',
  }));
}
