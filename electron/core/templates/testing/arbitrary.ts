// Arbitrary templates for property tests: every field of the format, with values that go together.

import fc from 'fast-check';
import { type ClusterTemplate, templateSchema } from '../../../../shared/model/template';
import { createAuthority } from '../../clusters/providers/kubeadm/certificate';

const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,10}[a-z0-9])?$/);
/** What YAML, parameters and words of other notations could take for something else. */
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
  fc.constantFrom(
    'yes',
    '1e3',
    '0x10',
    '~',
    ' padded ',
    'a: b',
    '- a',
    'two\nlines\n',
    '${parameters.x}',
    '$${parameters.x}',
    '#',
    '"',
    'null',
    '\ttab',
    '日本',
  ),
);
const argument = fc.stringMatching(/^--[a-z]{1,8}=[a-z0-9:,]{1,8}$/);
const some = <Value>(value: fc.Arbitrary<Value>, maxLength = 3) => fc.array(value, { maxLength });
const optional = { requiredKeys: [] as [] };

const words = fc.oneof(text, fc.dictionary(fc.constantFrom('en', 'zh-CN', 'de'), text, { minKeys: 1, maxKeys: 3 }));
/** Texts that are what they have to be, with any text in them. */
const kubeadmPatch = text.map((kind) => `kind: ${JSON.stringify(kind)}\n`);
const jsonPatch = text.map((path) => `[{op: remove, path: ${JSON.stringify(path)}}]`);
const tomlPatch = text.map((value) => `key = ${JSON.stringify(value)}\n`);
const manifestText = text.map((name) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${JSON.stringify(name)}}\n`);
const certificate = createAuthority('other', new Date('2026-01-01'), new Date('2036-01-01')).certificate;

const json6902 = fc.record({ group: text, version: text, kind: text, patch: jsonPatch });

const mount = (path: number) =>
  fc.record(
    {
      hostPath: fc.constantFrom('/srv', '~/code', '${HOME}/code', './data', '../data'),
      containerPath: fc.constant(`/mnt/${path}`),
      readOnly: fc.boolean(),
      propagation: fc.constantFrom('None', 'HostToContainer', 'Bidirectional'),
      selinuxRelabel: fc.boolean(),
    },
    { requiredKeys: ['hostPath', 'containerPath'] },
  );

function pool(provider: string, role: string, index: number) {
  const kubeadm = fc.record({ kubeadm: some(kubeadmPatch), kubeadmJson6902: some(json6902) }, optional);
  return fc.record(
    {
      name: fc.constant(`pool-${role[0]}${index}`),
      role: fc.constant(role),
      count: fc.integer({ min: 1, max: 5 }),
      image: text,
      labels: fc.dictionary(label, fc.stringMatching(/^[A-Za-z0-9]{0,9}$/), { maxKeys: 3 }),
      taints: some(
        fc.record(
          { key: label, value: label, effect: fc.constantFrom('NoSchedule', 'NoExecute') },
          { requiredKeys: ['key', 'effect'] },
        ),
      ),
      resources: fc.record(
        {
          cpus: fc.integer({ min: 1, max: 64 }).map((n) => n / 4),
          memory: fc.constantFrom('2Gi', '1.5G', '800000000'),
        },
        optional,
      ),
      mounts: fc.oneof(fc.constant([]), fc.tuple(mount(index), mount(index + 10))),
      ...(provider === 'k3s' && { k3sArgs: some(argument) }),
      ...(provider === 'kubeadm' && { patches: kubeadm }),
    },
    { requiredKeys: ['role'] },
  );
}

const port = (provider: string) => (index: number) =>
  fc.record(
    {
      hostAddress: fc.constantFrom('127.0.0.1', '0.0.0.0', '::1', '192.168.7.7'),
      hostPort: fc.constantFrom(0, 20_000 + index),
      protocol: fc.constantFrom('TCP', 'UDP', 'SCTP'),
      to: fc.oneof(
        fc.record({ nodePort: fc.integer({ min: 30_000, max: 32_767 }) }),
        fc.record({
          node: fc.constantFrom('all', provider === 'k3s' ? 'server-0' : 'control-plane'),
          port: fc.integer({ min: 1, max: 65_535 }),
        }),
        fc.record(
          { service: label, namespace: label, port: fc.integer({ min: 1, max: 65_535 }) },
          { requiredKeys: ['service', 'port'] },
        ),
      ),
    },
    { requiredKeys: ['to'] },
  );

const subnets = fc.constantFrom(
  {},
  { podSubnet: '10.1.0.0/16', serviceSubnet: '10.2.0.0/16' },
  { ipFamily: 'ipv6', podSubnet: 'fd00:10:244::/56', serviceSubnet: 'fd00:10:96::/112' },
  { ipFamily: 'dual', podSubnet: '10.244.0.0/16,fd00:10:244::/56', serviceSubnet: '10.96.0.0/16,fd00:10:96::/112' },
);
const networking = fc
  .tuple(
    subnets,
    fc.record(
      {
        cni: fc.constantFrom('default', 'none'),
        kubeProxy: fc.constantFrom('iptables', 'ipvs', 'nftables', 'none'),
        apiServer: fc.record(
          { address: fc.constantFrom('127.0.0.1', '0.0.0.0', '::1'), port: fc.constantFrom(0, 6443) },
          optional,
        ),
        dnsSearch: some(label),
      },
      optional,
    ),
  )
  .map(([ranges, rest]) => ({ ...ranges, ...rest }));

const wait = fc.oneof(
  fc.record(
    { rollout: fc.constantFrom('deployment/web', 'statefulset/db'), namespace: label },
    { requiredKeys: ['rollout'] },
  ),
  fc.record(
    { condition: label, of: fc.constant('job/migrate'), timeoutSeconds: fc.integer({ min: 1, max: 3600 }) },
    { requiredKeys: ['condition', 'of'] },
  ),
);
const manifest = (index: number) =>
  fc
    .tuple(
      fc.record(
        { name: fc.constant(`manifest-${index}`), namespace: label, wait: some(wait) },
        { requiredKeys: ['name'] },
      ),
      fc.oneof(
        fc.record({ inline: manifestText }),
        fc.record({ file: text }),
        fc.record({ url: fc.constant('https://example.com/a.yaml'), sha256: fc.constant('0'.repeat(64)) }),
      ),
    )
    .map(([common, source]) => ({ ...common, ...source }));

const parameter = (index: number) => {
  const common = { name: fc.constant(`parameter${index}`), title: words, description: words };
  const requiredKeys: ['name', 'type'] = ['name', 'type'];
  return fc.oneof(
    fc.record({ ...common, type: fc.constant('string'), default: text }, { requiredKeys }),
    fc.record(
      {
        ...common,
        type: fc.constant('integer'),
        default: fc.integer({ min: 2, max: 8 }),
        minimum: fc.integer({ max: 2 }),
        maximum: fc.integer({ min: 8 }),
      },
      { requiredKeys },
    ),
    fc.record({ ...common, type: fc.constant('boolean'), default: fc.boolean() }, { requiredKeys }),
  );
};

/** Up to three of something that is numbered, so that names and ports differ. */
const numbered = <Value>(of: (index: number) => fc.Arbitrary<Value>) =>
  fc.tuple(of(0), of(1), of(2)).chain((all) => fc.integer({ min: 0, max: 3 }).map((count) => all.slice(0, count)));

function spec(provider: string) {
  const planes = numbered((index) => pool(provider, 'control-plane', index)).filter((pools) => pools.length > 0);
  const workers = numbered((index) => pool(provider, 'worker', index));
  return fc.record(
    {
      provider: fc.constant(provider),
      nodes: fc.tuple(planes, workers).map(([some, others]) => [...some, ...others]),
      parameters: numbered(parameter),
      clusterName: label,
      kubernetes: fc.record({ version: text, image: text }, optional),
      ports: numbered(port(provider)),
      mounts: fc.oneof(fc.constant([]), fc.tuple(mount(90))),
      networking,
      registry: fc.record(
        {
          enabled: fc.boolean(),
          mirrors: fc.dictionary(
            fc.constantFrom('docker.io', 'localhost:5000', '*'),
            fc.constant(['https://mirror.example.com']),
          ),
        },
        optional,
      ),
      images: some(text),
      manifests: numbered(manifest),
      sample: fc.record({ manifest: fc.constant('hello.yaml'), image: text }),
      environment: fc.dictionary(fc.stringMatching(/^[A-Z]{1,5}$/), text, { maxKeys: 3 }),
      proxies: fc.record({ http: fc.constant('http://proxy.example:3128'), noProxy: some(text) }, optional),
      certificates: fc.oneof(
        fc.constant([]),
        fc.constant([
          { name: 'company', file: './ca.pem' },
          { name: 'other', inline: certificate },
        ]),
      ),
      featureGates: fc.dictionary(label, fc.boolean(), { maxKeys: 3 }),
      runtimeConfig: fc.dictionary(text, text, { maxKeys: 3 }),
      patches: fc.record(
        {
          containerd: some(tomlPatch),
          containerdJson6902: some(jsonPatch),
          ...(provider === 'kubeadm' && { kubeadm: some(kubeadmPatch), kubeadmJson6902: some(json6902) }),
        },
        optional,
      ),
      ...(provider === 'k3s' && {
        k3s: fc.record({ serverArgs: some(argument), agentArgs: some(argument) }, optional),
      }),
    },
    { requiredKeys: ['provider', 'nodes'] },
  );
}

const metadata = fc.record(
  { id: label, title: words, description: words, icon: text, documentation: words },
  { requiredKeys: ['id', 'title', 'description'] },
);

/** Templates that the schema takes, their defaults filled in. */
export const arbitraryTemplate: fc.Arbitrary<ClusterTemplate> = fc
  .tuple(metadata, fc.constantFrom('kubeadm', 'k3s').chain(spec))
  .map(([about, made]) => ({ apiVersion: 'boathouse.dev/v1', kind: 'ClusterTemplate', metadata: about, spec: made }))
  .map((given) => templateSchema.safeParse(given))
  .filter((checked) => checked.success)
  .map((checked) => checked.data);
