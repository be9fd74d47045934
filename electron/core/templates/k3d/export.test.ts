// k3d's configurations out: what comes back when they are read again, and what k3d cannot be told.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ClusterTemplate, templateSchema } from '../../../../shared/model/template';
import { nodesCalled, templateNodes } from '../../../../shared/model/template/node-names';
import { exportTemplate } from '../export';
import { hostPath } from '../host-paths';
import { importTemplate } from '../import';
import { arbitraryTemplate } from '../testing/arbitrary';

const base = { homeDirectory: '/home/ana', platform: 'linux', folder: '/home/ana/templates' } as const;
const k3s = arbitraryTemplate.filter(({ spec }) => spec.provider === 'k3s');

/** The template without what k3d has no field for. */
function sayable({ spec, ...rest }: ClusterTemplate): ClusterTemplate {
  const found = (mount: ClusterTemplate['spec']['mounts'][number]) => ({
    ...mount,
    hostPath: hostPath(mount.hostPath, base),
  });
  const { image } = spec.kubernetes;
  const { dnsSearch: _dnsSearch, kubeProxy, ...networking } = spec.networking;
  const workers = spec.nodes.some(({ role }) => role === 'worker');
  return templateSchema.parse({
    ...rest,
    spec: {
      clusterName: spec.clusterName,
      provider: 'k3s',
      kubernetes:
        image === undefined || /^(latest|stable|testing|\+.*)$/.test(image) || image.includes('$') ? {} : { image },
      networking: { ...networking, kubeProxy: kubeProxy === 'none' ? 'none' : 'iptables' },
      nodes: spec.nodes.map(({ image: _image, resources: _resources, ...pool }) => ({
        ...pool,
        resources: { memory: pool.role === 'worker' ? '512Mi' : '2Gi' },
        mounts: pool.mounts.map(found),
      })),
      mounts: spec.mounts.map(found),
      ports: spec.ports.filter(({ to, protocol }) => 'node' in to && protocol !== 'SCTP'),
      registry: spec.registry,
      environment: Object.fromEntries(Object.entries(spec.environment).filter(([, value]) => !value.includes('$'))),
      k3s: { serverArgs: spec.k3s.serverArgs, agentArgs: workers ? spec.k3s.agentArgs : [] },
    },
  });
}

/** What it comes to: nodes one by one with all that is given to each; ports by the nodes that they lead to. */
function nodeByNode({ spec }: ClusterTemplate) {
  const { nodes: _nodes, mounts, ports, k3s: args, ...rest } = spec;
  return {
    ...rest,
    ports: ports.map(({ to, ...port }) => ({
      ...port,
      to: 'node' in to ? { nodes: nodesCalled(spec, to.node).map(({ name }) => name), port: to.port } : to,
    })),
    nodes: templateNodes(spec).map(({ name, pool: { name: _pool, count: _count, ...pool } }) => ({
      ...pool,
      name,
      mounts: new Set([...pool.mounts, ...mounts].map((mount) => JSON.stringify(mount))),
      // Which come first, the cluster's or the pool's, makes no difference where none is given twice.
      k3sArgs: new Set([...pool.k3sArgs, ...(pool.role === 'worker' ? args.agentArgs : args.serverArgs)]),
    })),
  };
}

it('import of an export is the same template, where k3d can be told all of it', () => {
  fc.assert(
    fc.property(k3s.map(sayable), (template) => {
      const { yaml, notCarried } = exportTemplate(template, 'k3d', base);
      expect(notCarried).toEqual([]);
      const imported = importTemplate(yaml, 'exported.yaml');
      expect(imported.notCarried.filter(({ code }) => code !== 'k3d-registry')).toEqual([]);
      if (!imported.template) throw new Error(JSON.stringify(imported.problems));
      expect(nodeByNode(imported.template)).toEqual(nodeByNode(template));
    }),
  );
});

it('is read again whatever the template is, and stays the same', () => {
  fc.assert(
    fc.property(arbitraryTemplate, (template) => {
      const { yaml } = exportTemplate(template, 'k3d', base);
      const { template: again, problems } = importTemplate(yaml, 'exported.yaml');
      if (!again) throw new Error(JSON.stringify(problems));
      const { template: third } = importTemplate(exportTemplate(again, 'k3d', base).yaml, 'exported.yaml');
      expect(third && nodeByNode(third)).toEqual(nodeByNode(again));
    }),
  );
});

it('does not write what k3d would take for a variable', () => {
  const template = templateSchema.parse({
    apiVersion: 'boathouse.dev/v1',
    kind: 'ClusterTemplate',
    metadata: { id: 'mine', title: 'Mine', description: 'Mine' },
    spec: { provider: 'k3s', nodes: [{ role: 'control-plane' }], environment: { A: '$A', PRICE: '5 $' } },
  });
  const { yaml, notCarried } = exportTemplate(template, 'k3d', base);
  expect(yaml).toContain('PRICE=5 $');
  expect(yaml).not.toContain('A=$A');
  expect(notCarried).toMatchObject([{ field: 'spec.environment.A', code: 'k3d-variable' }]);
});

it('lists what k3d cannot be told', () => {
  const template = templateSchema.parse({
    apiVersion: 'boathouse.dev/v1',
    kind: 'ClusterTemplate',
    metadata: { id: 'mine', title: 'Mine', description: 'Mine' },
    spec: {
      parameters: [{ name: 'a', type: 'string', default: 'x' }],
      kubernetes: { version: '1.34' },
      nodes: [
        { role: 'control-plane', image: 'a:1', resources: { cpus: 2, memory: '1G' }, patches: { kubeadm: ['a: b'] } },
        { role: 'worker', resources: { memory: '1Gi' } },
        { role: 'worker' },
      ],
      ports: [
        { to: { service: 'web', port: 80 } },
        { hostPort: 1, protocol: 'SCTP', to: { nodePort: 30080 } },
        { hostPort: 2, to: { nodePort: 30081 } },
        { hostPort: 3, to: { node: 'worker2', port: 9000 } },
      ],
      mounts: [{ hostPath: 'data', containerPath: '/data', nodes: ['worker'] }],
      networking: { kubeProxy: 'ipvs', dnsSearch: [] },
      images: ['web:1'],
      manifests: [{ name: 'web', inline: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}' }],
      sample: { manifest: 'hello.yaml', image: 'busybox' },
      proxies: {},
      certificates: [{ name: 'company', file: './ca.pem' }],
      featureGates: { A: true },
      runtimeConfig: { 'api/all': 'true' },
      patches: { kubeadm: ['a: b'], containerd: ['a = 1'] },
    },
  });
  const { yaml, notCarried } = exportTemplate(template, 'k3d', { ...base, folder: undefined });
  expect(yaml).toBe(`# Mine
apiVersion: k3d.io/v1alpha5
kind: Simple
servers: 1
agents: 2
kubeAPI:
  hostIP: 127.0.0.1
volumes:
  - volume: ./data:/data
    nodeFilters:
      - agent:0
ports:
  - port: 127.0.0.1:2:30081
    nodeFilters:
      - loadbalancer
  - port: 127.0.0.1:3:9000
    nodeFilters:
      - agent:1
options:
  k3s:
    extraArgs:
      - arg: --cluster-cidr=10.244.0.0/16
        nodeFilters:
          - server:*
      - arg: --service-cidr=10.96.0.0/16
        nodeFilters:
          - server:*
  runtime:
    serversMemory: "1000000000"
`);
  expect(notCarried.map(({ field, code }) => `${field}: ${code}`)).toEqual([
    'spec.parameters: k3d-values',
    'spec.provider: k3d-kubeadm',
    'spec.kubernetes.version: k3d-version',
    'spec.nodes[0].image: k3d-node-image',
    'spec.nodes[0].resources.cpus: k3d-cpus',
    'spec.nodes[0].patches: k3d-kubeadm',
    'spec.nodes[1].resources.memory: k3d-memory',
    'spec.networking.kubeProxy: k3d-kube-proxy',
    'spec.networking.dnsSearch: k3d-dns-search',
    'spec.images: k3d-images',
    'spec.manifests: k3d-manifests',
    'spec.sample: k3d-sample',
    'spec.proxies: k3d-proxies',
    'spec.certificates: k3d-certificates',
    'spec.featureGates: k3d-gates',
    'spec.runtimeConfig: k3d-gates',
    'spec.patches.kubeadm: k3d-kubeadm',
    'spec.patches.containerd: k3d-containerd',
    'spec.mounts[0].hostPath: k3d-folder',
    'spec.ports[0]: k3d-service',
    'spec.ports[1]: k3d-sctp',
  ]);
});
