// k3d's configurations in: what is carried over, the exact list of what is not, and what is refused.
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { importTemplate } from '../import';
import { casesOf } from '../testing/cases';

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
