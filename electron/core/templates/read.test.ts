// Templates that people write: what is accepted, and where and in which words what is wrong is said.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/model/errors';
import { readTemplate } from './read';

const good = `apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: mine, title: Mine, description: {en: Mine}}
spec:
  nodes:
    - role: control-plane
      count: 1
    - role: worker
      labels: {tier: "1"}
`;

function problemsIn(yaml: string): string[] {
  try {
    readTemplate(yaml, 'mine.yaml');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const problems = error.detail?.split('\n') ?? [];
    expect(error.code).toBe('template-invalid');
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    expect(error.message).toBe(`The template mine.yaml is not valid: ${problems[0]}${more}`);
    expect(error.params).toEqual({ file: 'mine.yaml', problem: problems[0], count: problems.length });
    return problems;
  }
  return [];
}

it('fills in what is left out', () => {
  const pool = {
    labels: {},
    taints: [],
    resources: {},
    mounts: [],
    patches: { kubeadm: [], kubeadmJson6902: [] },
    k3sArgs: [],
  };
  expect(readTemplate(good, 'mine.yaml').spec).toEqual({
    parameters: [],
    provider: 'kubeadm',
    kubernetes: {},
    nodes: [
      { ...pool, role: 'control-plane', count: 1 },
      { ...pool, role: 'worker', count: 1, labels: { tier: '1' } },
    ],
    ports: [],
    mounts: [],
    networking: {
      ipFamily: 'ipv4',
      podSubnet: '10.244.0.0/16',
      serviceSubnet: '10.96.0.0/16',
      cni: 'default',
      kubeProxy: 'iptables',
      apiServer: { address: '127.0.0.1', port: 0 },
    },
    registry: { enabled: false, mirrors: {} },
    images: [],
    manifests: [],
    environment: {},
    certificates: [],
    featureGates: {},
    runtimeConfig: {},
    patches: { kubeadm: [], kubeadmJson6902: [], containerd: [], containerdJson6902: [] },
    k3s: { serverArgs: [], agentArgs: [] },
  });
});

describe('one mistake', () => {
  it.each([
    ['count: 1', 'count: one', 'line 7, column 14: spec.nodes[0].count must be a number'],
    ['count: 1', 'count: 1.5', 'line 7, column 14: spec.nodes[0].count must be a whole number'],
    ['count: 1', 'count: 51', 'line 7, column 14: spec.nodes[0].count must be at most 50'],
    ['count: 1', 'count: 0', 'line 7, column 14: spec.nodes[0].count must be at least 1'],
    ['count: 1', 'count:', 'line 7, column 13: spec.nodes[0].count must be a number'],
    ['count: 1', 'cuont: 1', 'line 7, column 7: spec.nodes[0].cuont is not known here, did you mean count?'],
    ['count: 1', 'colour: red', 'line 7, column 7: spec.nodes[0].colour is not known here'],
    ['spec:', 'zone: a\nspec:', 'line 4, column 1: zone is not known here'],
    [
      'role: worker',
      'role: wroker',
      'line 8, column 13: spec.nodes[1].role must be control-plane or worker, did you mean worker?',
    ],
    ['"1"', '1', 'line 9, column 22: spec.nodes[1].labels.tier must be text'],
    ['title: Mine', 'title: 3', 'line 3, column 29: metadata.title must be text or a mapping'],
    ['{en: Mine}', '{en: 7}', 'line 3, column 53: metadata.description.en must be text'],
    ['title: Mine, ', '', 'line 3, column 11: metadata.title is missing'],
    ['id: mine', 'id: Mine', 'line 3, column 16: metadata.id is not right: use lower-case letters, digits and dashes'],
    ['boathouse.dev/v1', 'boathouse.dev/v9', 'line 1, column 13: apiVersion must be boathouse.dev/v1'],
    [
      'role: control-plane',
      'role: worker',
      'line 6, column 5: spec.nodes is not right: name at least one control plane',
    ],
    ['kind: ClusterTemplate', 'kind: ClusterTemplate\nkind: Other', 'line 3, column 1: kind is there twice'],
    [
      'count: 1',
      'count: *missing',
      'line 7, column 14: Unresolved alias (the anchor must be set before the alias): missing',
    ],
    ['{id', '[id', 'line 3, column 58: Flow sequence in block collection must be sufficiently indented'],
  ])('%j written as %j', (right, wrong, problem) => {
    expect(good).toContain(right);
    expect(problemsIn(good.replace(right, wrong))[0]).toContain(problem);
  });

  it.each([
    ['', 'line 1, column 1: the text is empty'],
    ['# nothing\n', 'the text is empty'],
    ['- a\n', 'line 1, column 1: the text must be a mapping'],
    [`${good}---\n${good}`, 'line 10, column 1: Source contains multiple documents'],
    [good.replace(/nodes:[\s\S]*/, 'nodes: []\n'), 'line 5, column 10: spec.nodes must have at least 1 entry'],
    [
      `${good}  networking: {podSubnet: 10.0.0.0}\n`,
      'spec.networking.podSubnet is not right: use a range such as 10.244.0.0/16',
    ],
  ])('in the whole of %j', (yaml, problem) => {
    expect(problemsIn(yaml)[0]).toContain(problem);
  });
});

it('lists several mistakes at once, in the order of the text', () => {
  const bad = good.replace('kind: ClusterTemplate', 'knid: ClusterTemplate').replace('count: 1', 'count: one');
  expect(problemsIn(bad.replace('"1"', 'true'))).toEqual([
    'line 1, column 1: kind is missing',
    'line 2, column 1: knid is not known here, did you mean kind?',
    'line 7, column 14: spec.nodes[0].count must be a number',
    'line 9, column 22: spec.nodes[1].labels.tier must be text',
  ]);
});

it('does not unfold aliases without end', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [key, before] of ['ba', 'cb', 'dc', 'ed'].map((pair) => [...pair])) {
    bomb.push(`${key}: &${key} [${Array(10).fill(`*${before}`).join(', ')}]`);
  }
  expect(problemsIn(bomb.join('\n'))[0]).toContain('Excessive alias count');
});
