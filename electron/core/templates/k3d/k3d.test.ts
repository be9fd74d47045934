// k3d's configurations in and out: what is carried over, the exact list of what is not, and what is refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type ClusterTemplate, templateSchema } from '../../../../shared/model/template';
import { nodesCalled, templateNodes } from '../../../../shared/model/template/node-names';
import { exportTemplate } from '../export';
import { hostPath } from '../host-paths';
import { importTemplate } from '../import';
import { arbitraryTemplate } from '../testing/arbitrary';
import { casesOf } from '../testing/cases';
import { readPorts } from './ports';
import { readMemory, readVolume } from './volumes';

const base = { homeDirectory: '/home/ana', platform: 'linux', folder: '/home/ana/templates' } as const;
const cases = casesOf('k3d');
const valid = cases.filter(({ invalidAt }) => invalidAt === undefined);
const textOf = (wanted: string) => cases.find(({ name }) => name === wanted)?.text ?? '';
const leftIn = (name: string) =>
  importTemplate(textOf(name), name).notCarried.map(({ field, code }) => `${field}: ${code}`);

/** Fields that say what k3d does anyway, so that nothing changes without them. */
const idle: [path: RegExp, value: unknown][] = [
  [/^(apiVersion|kind|description)$|\.description$/, undefined],
  [/^servers$/, 1],
  [/^agents$/, 0],
  [/\.wait$|\.(updateDefaultKubeconfig|switchCurrentContext)$/, true],
  [/\.(disableLoadbalancer|disableRollback|hostPidMode)$/, false],
  [/\.disableImageVolume$/, undefined],
  [/^registries\.use$/, []],
  [/^kubeAPI\.hostIP$/, '0.0.0.0'],
  // What follows is told of as a whole.
  [/^(files|hostAliases|options\.runtime\.(labels|ulimits)|registries\.create\.(proxy|volumes))\b/, undefined],
  [/^(nodes|clusters\.\d+\.nodes)\.\d+\.name$/, undefined],
  [/^clusters\.[1-9]/, undefined],
  // There is one for every cluster.
  [/^clusters\.\d+\.nodes\.\d+$/, { name: 'k3d-first-serverlb', role: 'loadbalancer' }],
  [/^clusters\.\d+\.nodes\.\d+\.role$/, 'loadbalancer'],
];

function isIdle(path: string, value: unknown): boolean {
  const parts = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  if (parts.length > 0 && parts.every(([key, part]) => isIdle(`${path}.${key}`, part))) return true;
  return idle.some(
    ([shape, idleValue]) => shape.test(path) && (idleValue === undefined || stringify(idleValue) === stringify(value)),
  );
}

/** Every path to a field or an entry of data. */
function pathsIn(data: unknown, above: (string | number)[] = []): (string | number)[][] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const path = [...above, Array.isArray(data) ? Number(key) : key];
    return [path, ...pathsIn(value, path)];
  });
}

function without(data: unknown, path: (string | number)[]): { text: string; value: unknown } {
  const copy = structuredClone(data);
  const around = path.slice(0, -1).reduce((here, step) => (here as Record<string | number, unknown>)[step], copy);
  const last = path.at(-1) ?? '';
  const value = (around as Record<string | number, unknown>)[last];
  if (Array.isArray(around)) around.splice(Number(last), 1);
  else delete (around as Record<string | number, unknown>)[last];
  return { text: stringify(copy), value };
}

const whatCameOf = (text: string) => {
  const { template, notCarried, problems } = importTemplate(text, 'case.yaml');
  return JSON.stringify([template?.spec, notCarried, problems.filter(({ severity }) => severity === 'error')]);
};

describe('every configuration', () => {
  it.each(valid)('$name is imported, every field carried over or named', ({ text }) => {
    const { format, template, yaml, problems } = importTemplate(text, 'case.yaml');
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(format).toBe('k3d');
    expect(importTemplate(yaml ?? '', 'again.yaml').template).toEqual(template);
    const data: unknown = parse(text);
    const whole = whatCameOf(stringify(data));
    const unseen = pathsIn(data).flatMap((path) => {
      const { text: rest, value } = without(data, path);
      const name = path.join('.');
      return whatCameOf(rest) === whole && !isIdle(name, value) ? [name] : [];
    });
    // A filter for all nodes is what no filter means; the rest of the list still counts.
    expect(unseen.filter((name) => !/nodeFilters(\.\d+)?$/.test(name))).toEqual([]);
  });

  it.each(cases.filter(({ invalidAt }) => invalidAt !== undefined))(
    '$name is refused at its line',
    ({ name, text, invalidAt }) => {
      const { yaml, problems } = importTemplate(text, name);
      expect(yaml).toBeUndefined();
      expect(problems[0]?.severity).toBe('error');
      if (invalidAt) expect(problems[0]?.line).toBe(invalidAt);
    },
  );
});

describe('import', () => {
  it('says what a configuration amounts to', () => {
    const { template, yaml } = importTemplate(textOf('every-field.yaml'), 'every-field.yaml');
    expect(template?.metadata).toMatchObject({
      id: 'harbour',
      description: 'From every-field.yaml, a configuration for k3d',
    });
    expect(yaml?.slice(yaml.indexOf('spec:'))).toBe(`spec:
  clusterName: harbour
  provider: k3s
  kubernetes:
    image: rancher/k3s:v1.34.1-k3s1
  nodes:
    - role: control-plane
      labels:
        pier: north
      resources:
        memory: 2Gi
      mounts:
        - hostPath: ./manifests
          containerPath: /var/lib/rancher/k3s/server/manifests/custom
    - role: control-plane
      resources:
        memory: 2Gi
      k3sArgs:
        - --v=2
      count: 2
    - role: worker
      resources:
        memory: 1536Mi
    - role: worker
      labels:
        pier: south
      taints:
        - key: dedicated
          value: ingress
          effect: NoSchedule
      resources:
        memory: 1536Mi
      mounts:
        - hostPath: /srv/tools
          containerPath: /tools
          propagation: Bidirectional
  ports:
    - hostAddress: 0.0.0.0
      hostPort: 8080
      to:
        node: all
        port: 80
    - hostPort: 5353
      protocol: UDP
      to:
        node: server-0
        port: 53
    - hostAddress: 0.0.0.0
      hostPort: 9000
      to:
        node: agent-0
        port: 9000
    - hostAddress: 0.0.0.0
      hostPort: 9001
      to:
        node: agent-0
        port: 9001
    - hostAddress: 0.0.0.0
      hostPort: 9002
      to:
        node: agent-0
        port: 9002
    - hostAddress: ::1
      hostPort: 7000
      to:
        node: server-0
        port: 7000
    - hostAddress: 0.0.0.0
      to:
        node: server-0
        port: 443
  mounts:
    - hostPath: /srv/cargo
      containerPath: /cargo
      readOnly: true
      propagation: HostToContainer
  networking:
    podSubnet: 10.61.0.0/16
    serviceSubnet: 10.62.0.0/16
    cni: none
    kubeProxy: none
    apiServer:
      address: 127.0.0.7
      port: 16443
  registry:
    enabled: true
    mirrors:
      docker.io:
        - https://mirror.example.com
        - http://cache.example:5000
      quay.io:
        - https://mirror.example.com
  environment:
    TZ: Europe/Lisbon
  k3s:
    serverArgs:
      - --disable=traefik
    agentArgs:
      - --kubelet-arg=max-pods=50
`);
  });

  it('names exactly what was not carried over', () => {
    expect(leftIn('every-field.yaml')).toEqual([
      'kubeAPI.host: k3d-api-host',
      'network: k3d-network',
      'subnet: k3d-subnet',
      'token: k3d-token',
      'files[0]: k3d-files',
      'hostAliases[0]: k3d-host-aliases',
      'options.k3d.wait: k3d-wait',
      'options.k3d.timeout: k3d-timeout',
      'options.k3d.disableLoadbalancer: k3d-no-load-balancer',
      'options.k3d.disableRollback: k3d-no-rollback',
      'options.k3d.loadbalancer: k3d-load-balancer-config',
      'options.kubeconfig.updateDefaultKubeconfig: k3d-kubeconfig',
      'options.kubeconfig.switchCurrentContext: k3d-switch',
      'options.runtime.gpuRequest: k3d-gpu',
      'options.runtime.hostPidMode: k3d-pid',
      'options.runtime.labels: k3d-container-labels',
      'options.runtime.ulimits: k3d-ulimits',
      'volumes[2].volume: k3d-volume',
      'volumes[3].volume: k3d-volume-option',
      'options.k3s.nodeLabels[0]: k3d-load-balancer',
      'ports[2].nodeFilters: k3d-port-nodes',
      'ports[3].nodeFilters: k3d-port-nodes',
      'ports[4].nodeFilters: k3d-port-nodes',
      'env[1]: k3d-env-some',
      'env[2]: k3d-env-value',
      'registries.create.name: k3d-registry',
      'registries.create.host: k3d-registry',
      'registries.create.hostPort: k3d-registry',
      'registries.create.image: k3d-registry',
      'registries.create.proxy: k3d-registry',
      'registries.create.volumes: k3d-registry',
      'registries.create.enforcePortMatch: k3d-registry',
      'registries.use[0]: k3d-registry-use',
      'registries.config: configs: k3d-registry-config',
      'registries.config: mirrors.quay.io.rewrite: k3d-registry-config',
      'registries.config: mirrors.ghcr.io: k3d-registry-config',
    ]);
    expect(leftIn('bare.yaml')).toEqual([]);
    expect(leftIn('third.yaml')).toEqual([
      'image: k3d-channel',
      'registries.create.name: k3d-registry',
      'registries.create.hostPort: k3d-registry',
    ]);
    expect(leftIn('variables.yaml')).toEqual(['ports[0].port: k3d-port-variable']);
    expect(leftIn('written-list.yaml')).toEqual([
      'clusters[0].token: k3d-written-by-k3d',
      'clusters[0].nodes[1].image: k3d-written-by-k3d',
      'clusters[1]: k3d-more-clusters',
    ]);
  });

  it('makes parameters of environment variables', () => {
    const { yaml, template } = importTemplate(textOf('variables.yaml'), 'variables.yaml');
    expect(yaml).toContain('count: ${parameters.AGENTS}');
    expect(yaml).toContain('image: ${parameters.K3S_IMAGE}');
    expect(yaml).toContain('hostPath: ${HOME}/code');
    expect(template?.spec.parameters.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'AGENTS: integer',
      'K3S_IMAGE: string',
      'WEB_PORT: string',
      'TEAM: string',
      'HOME: string',
    ]);
    expect(template?.spec.environment).toEqual({ TEAM: 'team-example', WHERE: 'example' });
  });

  it.each([
    [
      'ports: [{port: "80:80:80:80"}]',
      { line: 3, column: 16, message: 'ports[0].port is not right: use docker’s notation, such as 8080:80' },
    ],
    [
      'env: [{envVar: a-b=c}]',
      { line: 3, column: 6, message: expect.stringContaining('env has a name that is not right') },
    ],
    ['options: {k3s: {nodeLabels: [{label: "-=x"}]}}', { line: 3, message: expect.stringContaining('is not right') }],
    [
      'ports: [{port: "80:80"}, {port: "80:81"}]',
      { line: 3, column: 26, message: 'ports[1] is not right: another entry uses port 80 already' },
    ],
    ['agnets: 2', { line: 3, column: 1, message: 'agnets is not known here, did you mean agents?' }],
    ['servers: 0', { line: 3, column: 10, message: expect.stringContaining('servers') }],
    [
      'options: {runtime: {serversMemory: lots}}',
      { line: 3, message: expect.stringContaining('use an amount such as 512Mi') },
    ],
  ])('refuses %s', (line, problem) => {
    const { problems } = importTemplate(`apiVersion: k3d.io/v1alpha5\nkind: Simple\n${line}\n`, 'a.yaml');
    expect(problems[0]).toMatchObject(problem);
  });
});

describe('notations', () => {
  it.each([
    ['80', [['0.0.0.0', 0, 80, 'TCP']]],
    ['8080:80', [['0.0.0.0', 8080, 80, 'TCP']]],
    ['127.0.0.1:8080:80/udp', [['127.0.0.1', 8080, 80, 'UDP']]],
    ['127.0.0.1::80', [['127.0.0.1', 0, 80, 'TCP']]],
    ['[::]:53:53/SCTP', [['::', 53, 53, 'SCTP']]],
    [
      '1-2:11-12',
      [
        ['0.0.0.0', 1, 11, 'TCP'],
        ['0.0.0.0', 2, 12, 'TCP'],
      ],
    ],
  ])('the port %s', (text, expected) => {
    expect(readPorts(text)?.map((port) => Object.values(port))).toEqual(expected);
  });

  it.each(['', 'a', '80:', '1-2:11-13', '2-1:12-11', '1-9999:1-9999', '80/icmp'])('the port %j is none', (text) => {
    expect(readPorts(text)).toBeUndefined();
  });

  it('volumes and memory', () => {
    expect(readVolume('${HOME}/a:/b:ro,Z,rshared')).toEqual({
      mount: {
        hostPath: '${HOME}/a',
        containerPath: '/b',
        readOnly: true,
        propagation: 'Bidirectional',
        selinuxRelabel: true,
      },
      unknown: [],
    });
    expect(readVolume('named:/b')).toBeUndefined();
    expect(readVolume('/b')).toBeUndefined();
    expect(['512m', '2g', '1.5G', '1024', '64kb', '2GiB', 'much'].map(readMemory)).toEqual([
      '512Mi',
      '2Gi',
      '1.5Gi',
      '1024',
      '64Ki',
      '2Gi',
      undefined,
    ]);
  });
});

describe('export', () => {
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
});
