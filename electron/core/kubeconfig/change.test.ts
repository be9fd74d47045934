// Changes of the kubeconfig: what is planned is what is done, nothing else is touched, all of it can be taken back, no secret is shown.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KubeconfigChange, kubeconfigChangeSchema } from '../../../shared/model/kubeconfig';
import { addToKubeconfig } from './add';
import { changeKubeconfig, planKubeconfigChange } from './change';
import { planRemove } from './change-contexts';
import { diffOf } from './diff';
import type { KubeconfigOptions } from './files';
import { historyDiff, listHistory } from './history';
import { planImport } from './import-plan';
import { listContexts } from './list-contexts';
import { parseKubeconfig } from './parse';
import { adminConf, kubeadmCluster, kubeconfigText } from './samples.test-data';
import { rewriteKubeconfig } from './write';

const never = new AbortController().signal;
let folder: string;
let options: KubeconfigOptions;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubeconfig-change-'));
  options = optionsFor('a');
});
afterEach(() => rm(folder, { recursive: true }));

function optionsFor(...names: string[]): KubeconfigOptions {
  return {
    environment: { KUBECONFIG: names.map((name) => join(folder, name)).join(process.platform === 'win32' ? ';' : ':') },
    homeDirectory: folder,
    platform: process.platform,
    directories: { state: join(folder, 'state') },
    lockLimitMilliseconds: 60_000,
  };
}
const put = (name: string, text: string) => writeFile(join(folder, name), text);
const textOf = (name: string) => readFile(join(folder, name), 'utf8');
const wish = (change: object): KubeconfigChange => kubeconfigChangeSchema.parse(change);
const change = (what: object) => changeKubeconfig(options, wish(what), never);
const plan = (what: object) => planKubeconfigChange(options, wish(what));

const sample = `# my clusters
apiVersion: v1
clusters:
- cluster: {server: "https://127.0.0.1:1"} # near
  name: near
- name: far
  cluster:
    server: https://far.example.com
contexts:
- context:
    cluster: near
    user: me # shared
  name: near
- {name: far, context: {cluster: far, user: me}}
current-context: near
users:
- name: me
  user:
    token: s3cr3t-of-mine
`;

describe('use', () => {
  it('sets namespace and current context, and touches nothing else', async () => {
    await put('a', sample);
    const done = await change({ kind: 'use', context: 'far', namespace: 'web' });
    expect(done).toMatchObject({ files: [join(folder, 'a')], said: { code: 'did-use-namespace' } });
    expect(await textOf('a')).toBe(
      sample
        .replace('user: me}}', 'user: me, "namespace": "web"}}')
        .replace('current-context: near', 'current-context: far'),
    );
    await change({ kind: 'use', context: 'near', namespace: 'db', stay: true });
    await change({ kind: 'use', context: 'near', namespace: 'db2', stay: true });
    expect(await textOf('a')).toContain('    user: me # shared\n    namespace: db2\n  name: near\n');
    expect(await textOf('a')).toContain('current-context: far');
  });

  it('changes each thing in the file where kubectl does', async () => {
    options = optionsFor('a', 'b');
    await put('a', '# first\n');
    await put('b', sample);
    await change({ kind: 'use', context: 'far', namespace: 'web' });
    expect(await textOf('a')).toMatch(/^# first\n[\s\S]*current-context: far/);
    expect(await textOf('b')).toContain('"namespace": "web"');
  });

  it('refuses contexts that are not there, and namespaces that cannot be', async () => {
    await put('a', sample);
    await expect(change({ kind: 'use', context: 'none' })).rejects.toMatchObject({ code: 'not-found' });
    expect(() => wish({ kind: 'use', context: 'far', namespace: 'Not One' })).toThrow();
    expect(() => wish({ kind: 'rename', context: 'far', to: 'a\nb' })).toThrow();
  });
});

describe('rename', () => {
  it('changes the name and the current context that means it', async () => {
    await put('a', sample);
    await change({ kind: 'rename', context: 'near', to: 'here: now' });
    expect(await textOf('a')).toBe(
      sample
        .replace('  name: near\n- {name: far, context', '  name: "here: now"\n- {name: far, context')
        .replace('current-context: near', 'current-context: "here: now"'),
    );
    await expect(change({ kind: 'rename', context: 'far', to: 'here: now' })).rejects.toMatchObject({
      code: 'name-taken',
    });
  });
});

describe('remove', () => {
  it('takes cluster and user along only when nothing else needs them', async () => {
    await put('a', sample);
    expect((await plan({ kind: 'remove', contexts: ['near'] })).warnings).toMatchObject([{ code: 'was-current' }]);
    await change({ kind: 'remove', contexts: ['near'] });
    const view = await listContexts(options);
    expect(view).toMatchObject({ contexts: [{ name: 'far', faults: [] }] });
    expect(view.current).toBeUndefined();
    expect(await textOf('a')).not.toContain('127.0.0.1');
    expect(await textOf('a')).toContain('s3cr3t-of-mine');
    await change({ kind: 'remove', contexts: ['far'] });
    expect(await textOf('a')).not.toContain('s3cr3t-of-mine');
    expect(await textOf('a')).toContain('# my clusters');
  });
});

const other = `contexts: [{name: near, context: {cluster: kubernetes, user: kubernetes-admin}}]
clusters: [{name: kubernetes, cluster: {server: "https://10.0.0.9:6443", insecure-skip-tls-verify: true, certificate-authority: ca.crt}}]
users: [{name: kubernetes-admin, user: {exec: {command: ./login, args: [--client-secret, abcdefgh]}}}]
`;

describe('import', () => {
  const text = other;
  it.each([
    ['rename', { as: 'near-2', becomes: 'renamed' }, ['near', 'far', 'near-2']],
    ['keep', { as: 'near', becomes: 'kept' }, ['near', 'far']],
    ['replace', { as: 'near', becomes: 'replaced' }, ['near', 'far']],
  ])('of a name that is taken: %s', async (choice, outcome, names) => {
    await put('a', sample);
    const what = { kind: 'import', text, from: join(folder, 'sub', 'other'), choices: { near: choice } };
    const planned = await plan(what);
    expect(planned.imports).toMatchObject([{ name: 'near', conflict: true, ...outcome }]);
    expect(planned.warnings.map(({ code }) => code)).toEqual(['runs-program', 'trusts-anyone', 'is-remote']);
    expect(JSON.stringify(planned)).not.toMatch(/abcdefgh|s3cr3t/);
    expect(planned.files).toHaveLength(choice === 'keep' ? 0 : 1);
    await change(what);
    const view = await listContexts(options);
    expect(view.contexts.map(({ name }) => name)).toEqual(names);
    expect(view.contexts.find(({ name }) => name === 'far')).toMatchObject({
      server: 'https://far.example.com',
      faults: [],
    });
    if (choice === 'keep') return expect(await textOf('a')).toBe(sample);
    expect(view.contexts.find(({ name }) => name === outcome.as)?.server).toBe('https://10.0.0.9:6443');
    expect(await textOf('a')).toContain(join(folder, 'sub', 'ca.crt'));
    expect(await textOf('a')).toContain(join(folder, 'sub', 'login'));
  });

  it('gives clusters and users that mean something else already names of their own', async () => {
    await put('a', other.replace('name: near', 'name: first'));
    await change({ kind: 'import', text: other.replace('10.0.0.9', '10.0.0.10') });
    const { contexts } = await listContexts(options);
    expect(contexts).toMatchObject([
      { name: 'first', cluster: 'kubernetes', server: 'https://10.0.0.9:6443' },
      { name: 'near', cluster: 'kubernetes-2', user: 'kubernetes-admin', server: 'https://10.0.0.10:6443' },
    ]);
    const again = await plan({ kind: 'import', text: other.replace('10.0.0.9', '10.0.0.10') });
    expect(again).toMatchObject({ files: [], imports: [{ becomes: 'same' }] });
  });

  it.each(['', 'hello', 'contexts: []', '<html>', '{"contexts": 1}', 'a: b: c'])('refuses %j', async (bad) => {
    await put('a', sample);
    await expect(change({ kind: 'import', text: bad })).rejects.toMatchObject({ code: 'kubeconfig-invalid' });
    expect(await textOf('a')).toBe(sample);
  });

  it('does not write over what another program has changed since it was planned', async () => {
    await put('a', sample);
    const files = [parseKubeconfig(sample, 'a')];
    const { edits } = planImport(files, { kind: 'import', text: other, choices: { near: 'replace' } }, 'a');
    const meanwhile = sample.replace('https://127.0.0.1:1', 'https://127.0.0.1:2');
    expect(() => edits[0]?.edit(meanwhile)).toThrow(expect.objectContaining({ code: 'not-possible' }));
  });

  it('and then removing it leaves every other byte as it was', () => {
    const incoming = `contexts: [{name: kind-demo, context: {cluster: kind-demo, user: kind-demo, extra: [1]}}]
clusters: [{name: kind-demo, cluster: {server: "https://127.0.0.1:1", unknown: {a: b}}}]
users: [{name: kind-demo, user: {exec: {command: aws, env: [{name: A, value: "on"}]}}}]`;
    fc.assert(
      fc.property(kubeconfigText({ listsAreThere: true }), kubeconfigText({ listsAreThere: true }), (first, second) => {
        const before = { a: first, b: second };
        const files = () => Object.entries(texts).map(([file, text]) => parseKubeconfig(text, file));
        let texts: Record<string, string> = before;
        const apply = ({ edits }: Pick<ReturnType<typeof planRemove>, 'edits'>) => {
          for (const { file, edit } of edits) texts = { ...texts, [file]: edit(texts[file] ?? '') };
        };
        apply(planImport(files(), { kind: 'import', text: incoming, choices: {} }, 'b'));
        expect(texts.a).toBe(first);
        expect(texts.b).not.toBe(second);
        apply(planRemove(files(), { kind: 'remove', contexts: ['kind-demo'] }));
        expect(texts).toEqual(before);
      }),
    );
  });
});

describe('history', () => {
  it('tells every change, by whomever of us, newest first, and takes each back to the byte', async () => {
    await put('a', sample);
    await change({ kind: 'use', context: 'far' });
    await addToKubeconfig(
      options,
      { cluster: kubeadmCluster('demo'), adminConf, server: 'https://127.0.0.1:1', switchContext: false },
      never,
    );
    const changed = await textOf('a');
    await change({ kind: 'remove', contexts: ['near', 'far'] });
    const [removed, added, used] = await listHistory(options.directories.state);
    expect([removed, added, used].map((entry) => entry?.said.text)).toEqual([
      'near, far removed',
      'Added kind-demo',
      'Switched to far',
    ]);
    await change({ kind: 'undo', id: removed?.id });
    expect(await textOf('a')).toBe(changed);
    await change({ kind: 'undo', id: added?.id });
    await change({ kind: 'undo', id: used?.id });
    expect(await textOf('a')).toBe(sample);
    expect(await listHistory(options.directories.state)).toHaveLength(6);
  });

  it('leaves what others did since, and refuses to write over it', async () => {
    await put('a', sample);
    const { id } = await change({ kind: 'remove', contexts: ['near'] });
    await put('a', `${await textOf('a')}# a word by hand\n`);
    await change({ kind: 'rename', context: 'far', to: 'wide' });
    await change({ kind: 'undo', id });
    expect(await textOf('a')).toContain('# a word by hand\n');
    expect((await listContexts(options)).contexts.map(({ name, faults }) => [name, faults])).toEqual([
      ['wide', []],
      ['near', []],
    ]);
    const { id: renamed } = await change({ kind: 'rename', context: 'wide', to: 'x' });
    await change({ kind: 'use', context: 'x', namespace: 'n', stay: true });
    const before = await textOf('a');
    await expect(plan({ kind: 'undo', id: renamed })).rejects.toMatchObject({ code: 'not-possible' });
    await expect(change({ kind: 'undo', id: renamed })).rejects.toMatchObject({ code: 'not-possible' });
    expect(await textOf('a')).toBe(before);
    await expect(change({ kind: 'undo', id: 'none' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is for its owner alone, forgets writes that failed, and shows no secret', async () => {
    await put('a', sample);
    const { id } = await change({ kind: 'remove', contexts: ['near', 'far'] });
    const kept = join(options.directories.state, 'kubeconfig-history');
    expect((await stat(kept)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(kept)) expect((await stat(join(kept, name))).mode & 0o777).toBe(0o600);
    const shown = JSON.stringify([
      await historyDiff(options.directories.state, id),
      await listHistory(options.directories.state),
    ]);
    expect(shown).toContain('token: [hidden 1]');
    expect(shown).not.toContain('s3cr3t');
    const stopped = new AbortController();
    const failing = rewriteKubeconfig(
      options,
      join(folder, 'a'),
      (text) => {
        stopped.abort();
        return `${text}# x
`;
      },
      stopped.signal,
    );
    await expect(failing).rejects.toMatchObject({ name: 'AbortError' });
    expect(await listHistory(options.directories.state)).toHaveLength(1);
  });
});

describe('diffOf', () => {
  it('hides every secret, and still tells that one has changed', () => {
    const users = (token: string, password: string) =>
      `x: &t ${token}\nusers:\n- name: a\n  user:\n    token: *t\n    password: |\n      ${password}\n    exec: {command: c, args: [get, --token=${token}], env: [{name: K, value: ${token}9}]}\n# token: ${token}\n`;
    const shown = JSON.stringify(diffOf(users('first-secret', 'one-password'), users('other-secret', 'one-password')));
    expect(shown).not.toMatch(/-secret|one-password/);
    expect(shown).toContain('[hidden');
    expect(shown).toContain('"gone"');
    expect(shown).toContain('"new"');
  });

  it('never shows a token of any random file', () => {
    fc.assert(
      fc.property(kubeconfigText({ listsAreThere: false }), (text) => {
        const secret = 'zz-very-secret-zz';
        const withSecret = text.replaceAll(/token: "[^"]*"/g, `token: "${secret}"`);
        expect(JSON.stringify(diffOf('', withSecret))).not.toContain(secret);
        expect(JSON.stringify(diffOf(withSecret, ''))).not.toContain(secret);
      }),
    );
  });
});
