// Edits of kubeconfig texts as people and programs write them: what is changed, what is refused, what stays to the byte.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { AppError } from '../../../shared/model/errors';
import { removeEntry, setCurrent, setEntry } from './edit';
import { kubeconfigEntry } from './entry';
import { adminConf, kubeadmCluster, kubeconfigText } from './samples.test-data';

const entry = kubeconfigEntry(adminConf, kubeadmCluster('demo'), 'https://127.0.0.1:41234');
const stay = { switchContext: false, file: 'config' };
const add = (text: string) => setEntry(text, entry, stay);
const remove = (text: string) => removeEntry(text, kubeadmCluster('demo'), { keepCurrent: false, file: 'config' });
const codeOf = (run: () => unknown): { code: string; message: string } => {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('nothing was thrown');
};

const ours = {
  clusters: [{ cluster: entry.cluster, name: 'kind-demo' }],
  contexts: [{ context: entry.context, name: 'kind-demo' }],
  users: [{ name: 'kind-demo', user: entry.user }],
};

describe('setEntry', () => {
  it.each([
    ['an empty file', ''],
    ['comments only', '# mine\n# too'],
    ['an empty document', '---\n'],
    ['null', 'null\n'],
    ['an empty mapping', '{}'],
    ['a document end', '# mine\n...\n'],
  ])('fills %s', (_what, text) => {
    expect(parse(add(text))).toEqual({ apiVersion: 'v1', kind: 'Config', 'current-context': '', ...ours });
    expect(add(text)).toContain(text.trim().startsWith('#') ? '# mine' : '');
  });

  it.each([
    ['missing lists', 'kind: Config\n'],
    ['null lists', 'kind: Config\nclusters: null\ncontexts: ~ # none\nusers:\n'],
    ['empty lists', 'kind: Config\nclusters: []\ncontexts:   []\nusers: # nobody\n  []'],
    ['JSON without lists', '{"kind": "Config"}'],
    ['JSON with empty lists', '{\n\t"kind": "Config",\n\t"clusters": null,\n\t"contexts": [],\n\t"users": [\n\t]\n}\n'],
  ])('begins the lists of %s', (_what, text) => {
    expect(parse(add(text))).toEqual({ kind: 'Config', ...ours });
  });

  it('writes what kubectl writes, at the indentation that the file has', () => {
    const text = 'users:\n  - name: ana\n    user: {} # her\nclusters: []\n';
    expect(add(text).split('\n').slice(0, 8)).toEqual([
      'users:',
      '  - name: ana',
      '    user: {} # her',
      '  - name: kind-demo',
      '    user:',
      '      client-certificate-data: Y2VydA==',
      '      client-key-data: a2V5',
      'clusters:',
    ]);
  });

  it('replaces entries of its name where they stand, and keeps the rest', () => {
    const first = add('clusters:\n- cluster: {server: "https://a"}\n  name: a # first\n\n# last\n');
    const moved = kubeconfigEntry(adminConf, kubeadmCluster('demo'), 'https://127.0.0.1:5');
    const text = setEntry(`${first}# end\n`, moved, stay);
    expect(text).toBe(`${first}# end\n`.replace('127.0.0.1:41234', '127.0.0.1:5'));
  });

  it('replaces what kind left of a cluster of the same name, repetitions too', () => {
    const stale =
      'clusters:\n- {name: kind-demo, cluster: {server: "https://localhost:9"}}\n- {name: kind-demo, cluster: {server: "https://[::1]:9"}}\n';
    expect(parse(add(stale))).toEqual(ours);
  });

  it('keeps what was added to the entry of the same cluster, and forgets it for another cluster', () => {
    const used = add('').replace('    user: kind-demo', '    namespace: dev\n    user: kind-demo');
    expect(add(used)).toBe(used);
    const other = kubeconfigEntry(
      adminConf.replace('Y2E=', 'b3RoZXI='),
      kubeadmCluster('demo'),
      'https://127.0.0.1:41234',
    );
    expect(setEntry(used, other, stay)).not.toContain('namespace: dev');
  });

  it('writes the line breaks that the file has', () => {
    for (const text of ['kind: Config\r\nclusters: []\r\n', '# empty\r\n', 'kind: Config\r\nusers:\r\n- name: a']) {
      const added = setEntry(text, entry, { ...stay, switchContext: true });
      expect(added.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    }
  });

  it('changes nothing when all is there already', () => {
    expect(add(add('# c\n'))).toBe(add('# c\n'));
  });

  it('switches the current context only when asked', () => {
    const text = 'current-context: prod # careful\n';
    expect(add(text)).toContain(text);
    expect(setEntry(text, entry, { ...stay, switchContext: true })).toContain('current-context: kind-demo # careful\n');
  });
});

describe('foreign entries', () => {
  it.each([
    ['cluster', 'clusters: [{name: kind-demo, cluster: {server: "https://prod.example.com"}}]'],
    ['cluster', 'clusters: [{name: kind-demo, cluster: {server: "https://127.evil.example.com"}}]'],
    ['cluster', 'clusters: [{name: kind-demo, cluster: {server: "https://10.0.0.7:6443"}}]'],
    ['cluster', 'clusters: [{name: kind-demo}]'],
    ['context', 'contexts: [{name: kind-demo, context: {cluster: prod, user: kind-demo}}]'],
    ['user', 'users: [{name: kind-demo, user: {token: secret}}]'],
  ])('refuses a foreign %s: %s', (thing, text) => {
    const { code, message } = codeOf(() => add(text));
    expect(code).toBe('kubeconfig-foreign-entry');
    expect(message).toBe(`The kubeconfig config has a ${thing} kind-demo that belongs to something else`);
    expect(remove(text)).toBe(text);
  });

  it('knows its own by the mark, whatever the server says', () => {
    const moved = add('').replace('https://127.0.0.1:41234', 'https://devbox.lan:41234');
    expect(parse(add(moved)).clusters).toEqual(ours.clusters);
    expect(parse(remove(moved)).clusters).toEqual([]);
  });

  it('leaves the current context alone when it is a foreign one of that name', () => {
    const text = 'current-context: kind-demo\ncontexts: [{name: kind-demo, context: {cluster: prod}}]\n';
    expect(remove(text)).toBe(text);
  });
});

describe('removeEntry', () => {
  it('clears the current context only if it was the cluster it removes', () => {
    const text = setEntry('', entry, { ...stay, switchContext: true });
    expect(parse(remove(text))['current-context']).toBe('');
    expect(parse(remove(setCurrent(text, 'prod', 'config')))['current-context']).toBe('prod');
  });

  it('leaves empty lists and every other byte', () => {
    const text = '# top\nclusters: [] # c\ncontexts: []\nusers: []\n# end';
    expect(remove(add(text))).toBe(text);
    expect(remove('clusters:\n# mine\n- name: kind-demo\n  cluster: {server: "https://127.0.0.1:1"}\n# end')).toBe(
      'clusters: []\n# mine\n# end',
    );
  });

  it('keeps comments between the entries of a JSON-like list', () => {
    const text = 'users: [{name: a}, # about a\n  {name: kind-demo, user: {}}, {name: b}]\n';
    expect(remove(text)).toBe('users: [{name: a} # about a\n  , {name: b}]\n');
  });
});

describe('what cannot be edited', () => {
  it.each([
    ['line 2, column 1', 'clusters:\n\t- name: a\n'],
    ['line 3, column 1', 'kind: Config\nclusters: []\n---\nclusters: []\n'],
    ['line 1, column 1', '- a\n'],
    ['line 1, column 1', 'just words'],
    ['line 1, column 11', 'clusters: yes'.replace('yes', '"yes"')],
    ['line 3, column 1', 'users: []\nclusters: []\nusers: []\n'],
    ['line 2, column 1', 'clusters: [{name: a}\n'],
  ])('is refused with %s: %j', (where, text) => {
    for (const run of [() => add(text), () => remove(text), () => setCurrent(text, 'a', 'config')]) {
      const { code, message } = codeOf(run);
      expect(code).toBe('kubeconfig-invalid');
      expect(message).toContain(where === 'line 1, column 11' ? 'clusters must be a list' : where);
    }
  });

  it('does not quote the file, which may hold secrets', () => {
    const { message } = codeOf(() => add('users:\n- name: a\n  user: {token: "s3cret\n'));
    expect(message).not.toContain('s3cret');
  });

  it('is refused where an edit would change what another entry means', () => {
    const text = 'users:\n- name: kind-demo\n  user: &u {client-key-data: a}\n- {name: b, user: *u}\n';
    expect(codeOf(() => remove(text)).code).toBe('kubeconfig-invalid');
    const scalar = 'users:\n- name: a\n  note: |\n    text\n- name: kind-demo\n    # deep\n- name: b\n';
    expect(codeOf(() => remove(scalar)).code).toBe('kubeconfig-invalid');
  });
});

describe('arbitrary kubeconfigs', () => {
  it('get back every byte when what was added is removed', () => {
    fc.assert(
      fc.property(kubeconfigText({ listsAreThere: true }), (text) => {
        const added = add(text);
        expect(added).not.toBe(text);
        expect(remove(added)).toBe(text);
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  it('keep every line of theirs, in order, and every value, when an entry is added or removed', () => {
    fc.assert(
      fc.property(kubeconfigText({ listsAreThere: false }), fc.boolean(), (text, switchContext) => {
        const before = parse(text) ?? {};
        const added = setEntry(text, entry, { switchContext, file: 'config' });
        const after = parse(added);
        for (const section of ['clusters', 'contexts', 'users'] as const) {
          expect(after[section]).toEqual([...(before[section] ?? []), ...ours[section]]);
          expect(parse(remove(added))[section]).toEqual(before[section] ?? []);
        }
        expect(after['current-context']).toBe(switchContext ? 'kind-demo' : before['current-context']);
        expect(after.preferences).toEqual(before.preferences);
        if (!text.startsWith('{')) expectLinesKept(text, added);
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  it('are not changed by removing what is not there', () => {
    fc.assert(
      fc.property(kubeconfigText({ listsAreThere: false }), (text) => {
        expect(remove(text)).toBe(text);
      }),
    );
  });
});

/** Lines that are entries or comments appear again, in the same order; keys of lists that were empty may lose their value. */
function expectLinesKept(before: string, after: string): void {
  const rest = after.split(/\r?\n/);
  for (const line of before.split(/\r?\n/)) {
    if (/^\s*(clusters|contexts|users|current-context):|^\s*$/.test(line)) continue;
    const at = rest.indexOf(line);
    expect(at, `the line ${JSON.stringify(line)}`).toBeGreaterThanOrEqual(0);
    rest.splice(0, at + 1);
  }
}
