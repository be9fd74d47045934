// Kubeconfig texts for tests: kubeadm's admin.conf, and arbitrary files as people, editors and other programs write them.
import fc from 'fast-check';

export const adminConf = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: Y2E=
    server: https://demo-control-plane:6443
  name: demo
contexts:
- context:
    cluster: demo
    user: kubernetes-admin
  name: kubernetes-admin@demo
current-context: kubernetes-admin@demo
kind: Config
preferences: {}
users:
- name: kubernetes-admin
  user:
    client-certificate-data: Y2VydA==
    client-key-data: a2V5
`;

const name = fc.constantFrom('prod', 'kind-other', 'a b', '"quoted: yes"', 'gke_x_y', "'1'", 'kind-demo2', '中文');

/** Entries as they are written by hand; `@` stands for the indentation of the list. */
const entryLines = name.chain((value) =>
  fc.constantFrom(
    [`- name: ${value}`],
    [`- name: ${value} # mine`, '@  # about the next'],
    ['- cluster:', '@    server: https://prod.example.com', `@  name: ${value}`],
    ['-', `@  name: ${value}`, '@  user: {token: "a # b", exec: {args: [x, y]}}'],
    [`- {name: ${value}, context: {cluster: c, user: u}} # flow`],
    [`- name: ${value}`, '@  note: |', '@    first', '@', '@    second'],
    [`- name: ${value}`, '@  note: |+', '@    kept', '@', '@'],
    [`- name: ${value}`, '@  note: >-', '@    folded', '@    on'],
    [`- name: ${value}`, '@  user:', '@    token: several', '@      words'],
    [`- name: ${value}`, '@  user:'],
    [`- &anchor${value.length}`, `@  name: ${value}`],
  ),
);

const comment = fc.constantFrom([], [], [''], ['# a comment'], ['', '# one', '  # two', '']);

interface Shape {
  /** Every list is a block with entries, or `[]`, or a JSON-like list: the shapes that a removal gives back to the byte. */
  listsAreThere: boolean;
}

function listLines(key: string, shape: Shape): fc.Arbitrary<string[]> {
  const entries = fc
    .tuple(fc.array(fc.tuple(comment, entryLines), { minLength: 1, maxLength: 3 }), fc.constantFrom('', '  ', '    '))
    .map(([items, indent]) => [
      `${key}:`,
      ...items.flatMap(([before, lines]) => [
        ...before,
        ...lines.map((line, index) => (index === 0 ? indent + line : line.replace('@', indent))),
      ]),
    ]);
  const flow = fc.constantFrom<string[]>(
    [`${key}: []`],
    [`${key}: [] # nothing`],
    [`${key}: [{name: a}, {name: b, x: [1, 2]}] # two`],
    [`${key}: [`, '  {name: a}, # first', '  {name: b},', '  ]'],
  );
  const bare = fc.constantFrom<string[]>(
    [],
    [`${key}:`],
    [`${key}: null`],
    [`${key}: ~ # none`],
    [`${key}: # later`, '  # more'],
  );
  return shape.listsAreThere ? fc.oneof(entries, flow) : fc.oneof(entries, flow, bare);
}

const otherLines = fc.constantFrom(
  ['apiVersion: v1'],
  ['kind: Config', 'preferences: {}'],
  ['preferences: {colors: true}', 'extensions:', '- name: x', '  extension: {a: 1}'],
  ['current-context: prod'],
  ['current-context: ""', 'kind: Config'],
);

function blockText(shape: Shape): fc.Arbitrary<string> {
  const parts = fc.tuple(
    listLines('clusters', shape),
    listLines('contexts', shape),
    listLines('users', shape),
    otherLines,
  );
  return parts
    .chain((lists) =>
      fc.tuple(fc.shuffledSubarray(lists, { minLength: 4 }), fc.array(comment, { minLength: 5, maxLength: 5 })),
    )
    .chain(([lists, comments]) => {
      const lines = lists.flatMap((list, index) => [...(comments[index] ?? []), ...list]).concat(comments[4] ?? []);
      const start = fc.constantFrom('', '', '---\n', '\uFEFF', '# top\n---\n');
      const end = fc.constantFrom('\n', '\n', '', '\n\n', '\n...\n');
      return fc
        .tuple(start, end, fc.constantFrom('\n', '\r\n'))
        .map(([first, last, eol]) => (first + lines.join('\n') + last).replaceAll('\n', eol));
    });
}

const jsonText = fc
  .tuple(
    fc.array(fc.record({ name: fc.constantFrom('a', 'b'), cluster: fc.dictionary(fc.string(), fc.string()) })),
    fc.array(fc.record({ name: fc.constantFrom('a', 'b') })),
    fc.constantFrom(undefined, 2, 4, '\t'),
  )
  .map(([clusters, users, indent]) =>
    JSON.stringify({ clusters, contexts: [], users, 'current-context': 'a' }, undefined, indent),
  );

/** A kubeconfig without entries of the name `kind-demo`. */
export function kubeconfigText(shape: Shape): fc.Arbitrary<string> {
  return fc.oneof({ weight: 4, arbitrary: blockText(shape) }, { weight: 1, arbitrary: jsonText });
}

/** A cluster of kubeadm, as the kubeconfig's verbs are told of it. */
export const kubeadmCluster = (name: string) => ({ name, provider: 'kubeadm', context: `kind-${name}` }) as const;
