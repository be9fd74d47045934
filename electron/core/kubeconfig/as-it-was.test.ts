// Lists that have become empty are written as before the first entry came, whichever way that was.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { kubeconfigChangeSchema } from '../../../shared/model/kubeconfig';
import { addToKubeconfig } from './add';
import { likeBefore } from './as-it-was';
import { changeKubeconfig, planKubeconfigChange } from './change';
import type { KubeconfigOptions } from './files';
import { removeFromKubeconfig } from './remove';
import { adminConf, kubeadmCluster } from './samples.test-data';

const never = new AbortController().signal;
let folder: string;
let options: KubeconfigOptions;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubeconfig-empty-'));
  options = {
    environment: { KUBECONFIG: join(folder, 'a') },
    homeDirectory: folder,
    platform: process.platform,
    directories: { state: join(folder, 'state') },
    lockLimitMilliseconds: 60_000,
  };
});
afterEach(() => rm(folder, { recursive: true }));
const textOf = () => readFile(join(folder, 'a'), 'utf8');
const wish = (change: object) => kubeconfigChangeSchema.parse(change);

const other = `clusters: [{name: far, cluster: {server: "https://far.example.com"}}]
contexts: [{name: far, context: {cluster: far, user: me}}]
users: [{name: me, user: {token: s3cr3t}}]
`;

const lists = fc.constantFrom('[]', '  []', 'null', '~', '', '[] # none', 'null # none', 'absent');
const files = fc
  .tuple(lists, lists, lists, fc.boolean(), fc.constantFrom('\n', '\r\n'))
  .map(([clusters, contexts, users, comment, eol]) =>
    [
      'apiVersion: v1',
      ...(comment ? ['# mine'] : []),
      ...Object.entries({ clusters, contexts, users }).flatMap(([key, value]) =>
        value === 'absent' ? [] : [`${key}:${value.startsWith(' ') || value === '' ? '' : ' '}${value}`],
      ),
      'current-context: ""',
      'kind: Config',
      'preferences: {}',
      '',
    ].join(eol),
  );

it('an import that is removed again leaves every byte as it was, however the empty lists were written', async () => {
  await fc.assert(
    fc.asyncProperty(files, async (text) => {
      await writeFile(join(folder, 'a'), text);
      await changeKubeconfig(options, wish({ kind: 'import', text: other }), never);
      expect(await textOf()).not.toBe(text);
      const remove = wish({ kind: 'remove', contexts: ['far'] });
      const planned = await planKubeconfigChange(options, remove);
      // What is shown is what will be.
      const fresh = planned.files
        .flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines))
        .filter(({ kind }) => kind === 'new');
      const before = text.split(/\r?\n/);
      expect(fresh.map((line) => line.text.replace(/\r$/, '')).filter((line) => !before.includes(line))).toEqual([]);
      await changeKubeconfig(options, remove, never);
      expect(await textOf()).toBe(text);
    }),
    { numRuns: 60 },
  );
}, 60_000);

it('so does a cluster of ours that comes and goes', async () => {
  const cluster = kubeadmCluster('demo');
  for (const text of [
    'kind: Config\nclusters: null\ncontexts: null\nusers: null\n',
    'kind: Config\n',
    'users:\nkind: Config\n',
  ]) {
    await writeFile(join(folder, 'a'), text);
    await addToKubeconfig(options, { cluster, adminConf, server: 'https://127.0.0.1:1', switchContext: false }, never);
    await removeFromKubeconfig(options, cluster, never);
    expect(await textOf()).toBe(text);
  }
});

it('what was changed in between by others stays', () => {
  const before = 'kind: Config\nclusters: null\n';
  expect(likeBefore('kind: Config\nclusters: []\n', [before])).toBe(before);
  for (const next of ['kind: Config\nclusters: []\n# new\n', 'kind: Config\nclusters: []\nusers:\n- name: a\n']) {
    expect(likeBefore(next, [before])).toBe(next);
  }
});
