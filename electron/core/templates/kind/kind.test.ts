// kind's configurations in and out: nothing that kind reads is lost, and what only one side can say is listed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type ClusterTemplate, templateSchema } from '../../../../shared/model/template';
import { templateNodes } from '../../../../shared/model/template/node-names';
import { exportTemplate } from '../export';
import { hostPath } from '../host-paths';
import { importTemplate } from '../import';
import { readTemplate } from '../read';
import { arbitraryTemplate } from '../testing/arbitrary';
import { asKindSees } from '../testing/as-kind-sees';
import { casesOf } from '../testing/cases';

type Mount = ClusterTemplate['spec']['mounts'][number];

const base = { homeDirectory: '/home/ana', platform: 'linux', folder: '/home/ana/templates' } as const;
const cases = casesOf('kind');
const valid = cases.filter(({ invalidAt }) => invalidAt === undefined);

/** kind's -1 is the one thing that changes: a port that stays in place of one that does not. */
const keptPorts = (seen: unknown) =>
  JSON.parse(JSON.stringify(seen).replaceAll(/("(?:hostPort|apiServerPort)":)-1/g, '$10'));

describe('every configuration', () => {
  it.each(valid)('$name: kind sees the same after import and export', ({ name, text }) => {
    const imported = importTemplate(text, name);
    expect(imported.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(imported.format).toBe('kind');
    const template = readTemplate(imported.yaml ?? '', name);
    expect(template).toEqual(imported.template);
    const exported = exportTemplate(template, 'kind', base);
    expect(exported.notCarried).toEqual([]);
    expect(asKindSees(exported.yaml)).toEqual(keptPorts(asKindSees(text)));
  });

  it.each(cases.filter(({ invalidAt }) => invalidAt !== undefined))(
    '$name is refused at its line',
    ({ name, text, invalidAt }) => {
      const { problems, yaml } = importTemplate(text, name);
      expect(yaml).toBeUndefined();
      const [first] = problems;
      expect(first?.severity).toBe('error');
      // The last line of what slipped is as good a guess as any where the file does not say.
      if (invalidAt) expect(first?.line).toBe(invalidAt);
    },
  );
});

describe('import', () => {
  it('says what a configuration amounts to', () => {
    const text = valid.find(({ name }) => name === 'every-field.yaml')?.text ?? '';
    const { template, notCarried } = importTemplate(text, 'every-field.yaml');
    expect(notCarried).toEqual([]);
    expect(template?.metadata.id).toBe('harbour');
    expect(template?.spec).toMatchObject({
      clusterName: 'harbour',
      kubernetes: {},
      nodes: [
        { role: 'control-plane', count: 1, image: 'registry.example/node:v1.34.0', labels: { pier: '1' } },
        { role: 'worker', count: 1, mounts: [{ containerPath: '/cargo', propagation: 'HostToContainer' }, {}] },
        { role: 'worker', count: 1, image: 'registry.example/node:v1.33.0' },
      ],
      ports: [
        { hostAddress: '127.0.0.1', hostPort: 8080, protocol: 'TCP', to: { node: 'control-plane', port: 30080 } },
        { hostAddress: '0.0.0.0', hostPort: 5353, protocol: 'UDP', to: { node: 'control-plane', port: 30053 } },
        { hostPort: 0, to: { port: 30081 } },
        { protocol: 'SCTP', to: { node: 'worker2', port: 30132 } },
      ],
      networking: {
        ipFamily: 'dual',
        cni: 'none',
        kubeProxy: 'ipvs',
        apiServer: { address: '127.0.0.7', port: 16443 },
      },
    });
  });

  it('gathers alike neighbours in pools, and keeps the order', () => {
    const text = valid.find(({ name }) => name === 'fleet.yaml')?.text ?? '';
    const { template } = importTemplate(text, 'my fleet.yaml');
    expect(template?.metadata.id).toBe('my-fleet');
    expect(template?.spec.nodes.map(({ role, count, labels }) => [role, count, labels])).toEqual([
      ['worker', 1, {}],
      ['control-plane', 3, {}],
      ['worker', 2, { disk: 'ssd' }],
      ['worker', 1, {}],
    ]);
  });

  it('takes scalars as Go does, and says that random ports stay', () => {
    const text = valid.find(({ name }) => name === 'ipv6.yaml')?.text ?? '';
    const { template, notCarried } = importTemplate(text, 'ipv6.yaml');
    expect(template?.spec.nodes[0]).toMatchObject({
      labels: { answer: '42', release: '1.30', fine: 'true' },
      mounts: [{ readOnly: true }],
    });
    expect(template?.spec.networking).toMatchObject({ podSubnet: 'fd00:10:244::/56', apiServer: { address: '::1' } });
    expect(notCarried).toMatchObject([
      { field: 'nodes[0].extraPortMappings[1].hostPort', code: 'kind-random-port' },
      { field: 'networking.apiServerPort', code: 'kind-random-port' },
    ]);
  });

  it.each([
    ['name: My.Cluster', [], [{ field: 'name', code: 'kind-name', params: { name: 'My.Cluster' } }]],
    [
      'nodes: [{role: worker}]',
      [{ line: 3, column: 8, message: 'nodes is not right: name at least one control plane' }],
      [],
    ],
    [
      'networking: {podSubnet: 10.96.0.0/12}',
      [{ line: 3, message: 'networking.serviceSubnet is not right: it overlaps with podSubnet 10.96.0.0/12' }],
      [],
    ],
    [
      'nodes: [{role: control-plane, extraPortMappings: [{containerPort: 80, listenAddress: localhost}]}]',
      [
        {
          line: 3,
          column: 51,
          message: expect.stringContaining('nodes[0].extraPortMappings[0] is not right: use an IP address'),
        },
      ],
      [],
    ],
    // kind 0.33 compares the ports of each node alone, and Docker fails half-way.
    [
      'nodes: [{extraPortMappings: [{containerPort: 80, hostPort: 90}]}, {role: worker, extraPortMappings: [{containerPort: 80, hostPort: 90}]}]',
      [
        {
          line: 3,
          column: 102,
          message: 'nodes[1].extraPortMappings[0] is not right: another entry uses port 90 already',
        },
      ],
      [],
    ],
    ['networking: {apiServerAddress: all}', [{ line: 3, column: 32 }], []],
    ['kubeadmConfigPatches: [""]', [], []],
  ])('%s', (line, problems, left) => {
    const imported = importTemplate(`kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n${line}\n`, 'a.yaml');
    expect(imported.problems).toMatchObject(problems);
    expect(imported.notCarried).toMatchObject(left);
  });

  it('refuses what kind itself no longer reads', () => {
    const { problems } = importTemplate('kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha3\n', 'old.yaml');
    expect(problems).toMatchObject([{ line: 2, column: 13, message: 'apiVersion must be kind.x-k8s.io/v1alpha4' }]);
  });
});

describe('export', () => {
  it('lists everything that kind cannot be told', () => {
    const template = readTemplate(
      stringify({
        apiVersion: 'boathouse.dev/v1',
        kind: 'ClusterTemplate',
        metadata: { id: 'mine', title: 'Mine\nand yours', description: 'Mine' },
        spec: {
          parameters: [{ name: 'a', type: 'string', default: 'x' }],
          kubernetes: { version: '1.2' },
          nodes: [
            { role: 'control-plane', resources: { cpus: 2 } },
            { role: 'worker', count: 2, name: 'workers', taints: [{ key: 'a', effect: 'NoSchedule' }] },
          ],
          ports: [
            { hostPort: 1, to: { service: 'web', port: 80 } },
            { hostPort: 2, to: { node: 'workers', port: 80 } },
            { hostPort: 3, to: { nodePort: 30080 } },
          ],
          mounts: [
            { hostPath: '~/code', containerPath: '/code', nodes: ['worker2'] },
            { hostPath: 'data', containerPath: '/data' },
          ],
          registry: { enabled: true, mirrors: { 'docker.io': ['https://mirror.example.com'] } },
          images: ['web:1'],
          manifests: [{ name: 'web', inline: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}' }],
          sample: { manifest: 'hello.yaml', image: 'busybox' },
          environment: { A: 'b' },
          proxies: { http: 'http://proxy.example:3128' },
          certificates: [{ name: 'company', file: './ca.pem' }],
        },
      }),
      'mine.yaml',
    );
    const { yaml, notCarried } = exportTemplate(template, 'kind', { ...base, folder: undefined });
    expect(yaml).toBe(`# Mine and yours
kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
nodes:
  - role: control-plane
    extraMounts:
      - hostPath: data
        containerPath: /data
    extraPortMappings:
      - containerPort: 30080
        hostPort: 3
        listenAddress: 127.0.0.1
  - role: worker
    extraMounts:
      - hostPath: data
        containerPath: /data
    extraPortMappings:
      - containerPort: 80
        hostPort: 2
        listenAddress: 127.0.0.1
  - role: worker
    extraMounts:
      - hostPath: /home/ana/code
        containerPath: /code
      - hostPath: data
        containerPath: /data
`);
    expect(notCarried.map(({ field, code }) => `${field}: ${code}`)).toEqual([
      'spec.parameters: kind-values',
      'spec.nodes[0].resources: kind-limits',
      'spec.nodes[1].taints: kind-taints',
      'spec.registry.enabled: kind-registry',
      'spec.registry.mirrors: kind-mirrors',
      'spec.images: kind-images',
      'spec.manifests: kind-manifests',
      'spec.sample: kind-sample',
      'spec.environment: kind-environment',
      'spec.proxies: kind-proxies',
      'spec.certificates: kind-certificates',
      'spec.kubernetes.version: kind-version',
      'spec.ports[0]: kind-service',
      'spec.ports[1].to.node: kind-one-node',
      'spec.mounts[1].hostPath: kind-folder',
    ]);
  });

  /** The template without what kind has no field for. */
  function sayable({ spec, ...rest }: ClusterTemplate): ClusterTemplate {
    const { clusterName, networking, featureGates, runtimeConfig, patches } = spec;
    const found = (mount: Mount) => ({ ...mount, hostPath: hostPath(mount.hostPath, base) });
    const { image } = spec.kubernetes;
    return templateSchema.parse({
      ...rest,
      spec: {
        ...{ clusterName, networking, featureGates, runtimeConfig, patches },
        kubernetes: { image },
        nodes: spec.nodes.map(({ resources: _resources, taints: _taints, ...pool }) => ({
          ...pool,
          mounts: pool.mounts.map(found),
        })),
        ports: spec.ports.filter(({ to }) => 'node' in to && to.node === 'control-plane'),
        mounts: spec.mounts.map(found),
      },
    });
  }

  /** What it comes to: nodes one by one, each with its image and its mounts, ports in any order. */
  function nodeByNode({ spec }: ClusterTemplate) {
    const nodes = spec.nodes.flatMap((pool) => templateNodes(spec).filter((node) => node.pool === pool));
    const { kubernetes: _kubernetes, mounts, ports, ...rest } = spec;
    return {
      ...rest,
      ports: new Set(ports.map((port) => JSON.stringify(port))),
      nodes: nodes.map(({ name, pool: { name: _pool, count: _count, ...pool } }) => ({
        ...pool,
        name,
        image: pool.image ?? spec.kubernetes.image,
        mounts: [...pool.mounts, ...mounts],
      })),
    };
  }

  const kubeadm = arbitraryTemplate.filter(({ spec }) => spec.provider === 'kubeadm');

  it('import of an export is the same template, where kind can be told all of it', () => {
    fc.assert(
      fc.property(kubeadm.map(sayable), (template) => {
        const { yaml, notCarried } = exportTemplate(template, 'kind', base);
        expect(notCarried).toEqual([]);
        const imported = importTemplate(yaml, 'exported.yaml');
        expect(imported.notCarried).toEqual([]);
        if (!imported.template) throw new Error(JSON.stringify(imported.problems));
        expect(nodeByNode(imported.template)).toEqual(nodeByNode(template));
      }),
    );
  });

  it('is read by kind whatever the template is, and again the same after import', () => {
    fc.assert(
      fc.property(arbitraryTemplate, (template) => {
        const { yaml } = exportTemplate(template, 'kind', base);
        const { template: again, problems } = importTemplate(yaml, 'exported.yaml');
        if (!again) throw new Error(JSON.stringify(problems));
        expect(asKindSees(exportTemplate(again, 'kind', base).yaml)).toEqual(asKindSees(yaml));
      }),
    );
  });
});
