// Text that anyone may have written: the check says what is wrong with it, quickly, and never throws.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { AppError } from '../../../shared/model/errors';
import { checkTemplate, problemsFrom } from './check';
import { readTemplate } from './read';
import { arbitraryTemplate } from './testing/arbitrary';
import { writeTemplate } from './write';

const head =
  'apiVersion: boathouse.dev/v1\nkind: ClusterTemplate\nmetadata: {id: a, title: a, description: a}\nspec:\n';
const withSpec = (rest: string) => `${head}  nodes: [{role: control-plane}]\n${rest}`;
const messages = (text: string) => checkTemplate(text).problems.map(({ message }) => message);

function readsOrRefuses(text: string): void {
  const { template, problems } = checkTemplate(text);
  for (const { line, column, from, to, message } of problems) {
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
    expect(from).toBeLessThanOrEqual(to);
    expect(to).toBeLessThanOrEqual(text.length);
    expect(message).not.toBe('');
  }
  expect(template === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
  try {
    readTemplate(text, 'any.yaml');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe('template-invalid');
  }
}

describe('whatever the text is, it is read or refused with its places', () => {
  const yamlish = fc
    .array(
      fc.constantFrom(
        'a',
        ': ',
        '\n',
        '- ',
        '  ',
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        '|',
        '>',
        '&a ',
        '*a',
        '!x ',
        '#',
        '---',
        '? ',
        '<<',
        ',',
        '\t',
        '${parameters.a}',
        'spec',
        'nodes',
        'role',
        'apiVersion',
        '\r',
        '\u{2028}',
        '%',
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join(''));

  it('any text', () => fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), readsOrRefuses)));
  it('anything that looks like YAML', () => fc.assert(fc.property(yamlish, readsOrRefuses), { numRuns: 1000 }));
  it('any data', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => readsOrRefuses(stringify(value))));
    fc.assert(fc.property(fc.jsonValue(), (value) => readsOrRefuses(`${head.trimEnd()} ${JSON.stringify(value)}\n`)));
  });

  it('templates in which something was replaced by anything else', () => {
    const damage = fc.tuple(
      arbitraryTemplate,
      fc.nat(),
      fc.oneof(
        yamlish,
        fc.jsonValue().map((value) => JSON.stringify(value)),
      ),
    );
    fc.assert(
      fc.property(damage, ([template, seed, other]) => {
        const lines = writeTemplate(template).split('\n');
        const at = seed % lines.length;
        lines[at] = (lines[at] ?? '').replace(/(?<=[:-] ).*/, () => other);
        readsOrRefuses(lines.join('\n'));
      }),
    );
  });
});

it.each([
  ['ten megabytes', 'a'.repeat(10_000_000), 'the text has 10.0 million characters, and 1 million are the most'],
  ['brackets without end', '['.repeat(50_000), 'the text is nested too deeply'],
  ['lists in lists', '- '.repeat(50_000), 'the text is nested too deeply'],
  ['a key thousands of times', 'a: 1\n'.repeat(20_000), 'a is there twice'],
  [
    'thousands of keys',
    withSpec(Array.from({ length: 20_000 }, (_, i) => `  k${i}: 1\n`).join('')),
    'spec.k0 is not known here',
  ],
  [
    'thousands of pools',
    `${head}  nodes:\n${'    - {role: worker, count: 50}\n'.repeat(20_000)}`,
    'spec.nodes must have at most 100 entries',
  ],
  ['thousands of mistakes', '"'.repeat(50_000), 'Unexpected double-quoted-scalar at node end'],
  ['an anchor in itself', 'a: &a [*a]', '*a stands for what it is a part of'],
  [
    'a word as long as the text',
    withSpec(`  ports: [{to: {node: ${'w'.repeat(900_000)}, port: 1}}]\n`),
    'no pool and no node is called',
  ],
])('%s: refused within seconds', (_what, text, message) => {
  const begin = performance.now();
  const found = messages(text);
  expect(found.slice(0, 100).join('\n')).toContain(message);
  expect(found.length).toBeLessThanOrEqual(100);
  expect(performance.now() - begin).toBeLessThan(20_000);
});

describe('forms of which one must be chosen', () => {
  it.each([
    ['{}', 'spec.ports[0].to must have nodePort, node or service'],
    ['{port: 80}', 'spec.ports[0].to must have nodePort, node or service'],
    ['{nodeport: 30080}', 'spec.ports[0].to must have nodePort, node or service'],
    ['{service: web}', 'spec.ports[0].to.port is missing'],
    ['{node: all, prot: 80}', 'spec.ports[0].to.prot is not known here, did you mean port?'],
    ['{node: all, port: 80, service: web}', 'spec.ports[0].to.service cannot stand beside node'],
    ['{nodePort: 99999}', 'spec.ports[0].to.nodePort must be at most 65535'],
    ['30080', 'spec.ports[0].to must be a mapping'],
  ])('a port to %s', (to, message) => {
    expect(messages(withSpec(`  ports: [{to: ${to}}]\n`))).toContain(message);
  });

  it.each([
    ['{name: a}', 'spec.manifests[0] must have inline, file or url'],
    ['{name: a, inline: x, file: y}', 'spec.manifests[0].file cannot stand beside inline'],
    ['{name: a, url: https://a.example/x}', 'spec.manifests[0].sha256 is missing'],
    ['{name: a, url: http://a.example/x, sha256: 12}', 'spec.manifests[0].url is not right: use an https address'],
    [
      '{name: a, inline: x, wait: [{rollout: web}]}',
      'spec.manifests[0].wait[0].rollout is not right: name a kind and an object, such as deployment/web',
    ],
  ])('a manifest %s', (manifest, message) => {
    expect(messages(withSpec(`  manifests: [${manifest}]\n`))).toContain(message);
  });

  it.each([
    [
      '  ports: [{hostAddress: localhost, to: {nodePort: 30080}}]\n',
      'spec.ports[0].hostAddress is not right: use an IP address such as 127.0.0.1 or ::1',
    ],
    [
      '  environment: {"a-b": c}\n',
      'spec.environment.a-b has a name that is not right: use letters, digits and underscores',
    ],
    [
      '  networking: {kubeProxy: iptable}\n',
      'spec.networking.kubeProxy must be iptables, ipvs, nftables or none, did you mean iptables?',
    ],
    [
      '  registry: {mirrors: {docker.io: [mirror.example.com]}}\n',
      'spec.registry.mirrors.docker.io[0] is not right: use an address such as https://mirror.example.com',
    ],
    [
      '  networking: {podSubnet: 10.96.3.0/24}\n',
      'spec.networking.serviceSubnet is not right: it overlaps with podSubnet 10.96.3.0/24',
    ],
  ])('%s', (rest, message) => expect(messages(withSpec(rest))).toContain(message));
});

it('follows aliases to the place where they are used', () => {
  const [problem] = checkTemplate(
    `${head}  nodes: [{role: control-plane, labels: &l {a: 1}}, {role: worker, labels: *l}]\n`,
  ).problems;
  expect(problem).toMatchObject({ line: 5, column: 48, message: 'spec.nodes[0].labels.a must be text' });
});

it('warns of what is allowed and doubtful', () => {
  const { template, problems } = checkTemplate(`${head}  nodes: [{role: control-plane, count: 2}]\n`);
  expect(template).toBeDefined();
  expect(problems).toEqual([
    expect.objectContaining({
      severity: 'warning',
      code: 'even-control-planes',
      path: ['spec', 'nodes'],
      line: 5,
      column: 10,
    }),
  ]);
});

it('gives what was found later its place', () => {
  const found = problemsFrom(withSpec('  mounts: [{hostPath: /x, containerPath: /y}]\n'), [
    { path: ['mounts', 0, 'hostPath'], message: 'there is nothing at /x' },
  ]);
  expect(found).toMatchObject([
    { severity: 'error', line: 6, column: 23, message: 'spec.mounts[0].hostPath is not right: there is nothing at /x' },
  ]);
});
