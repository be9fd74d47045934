// Contexts whose cluster is gone: only our own are taken away, and only where nothing answers.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Cluster, contextOf } from '../../../../shared/model/cluster';
import { said, surroundingsWith } from '../testing/surroundings';
import { contextsCheckup } from './contexts';

const mark = '{extensions: [{name: dev.boathouse, extension: {cluster: gone}}], ';
const kubeconfig = (more = '') => `apiVersion: v1
kind: Config
clusters:
- {name: kind-gone, cluster: ${mark}server: "https://127.0.0.1:21234"}}
- {name: kind-kinds, cluster: {server: "https://127.0.0.1:21235"}}
- {name: prod, cluster: {server: "https://prod.example.com"}}
- {name: kind-far, cluster: {server: "https://far.example.com:6443"}}
contexts:
- {name: kind-gone, context: {cluster: kind-gone, user: kind-gone}}
- {name: kind-kinds, context: {cluster: kind-kinds, user: kind-kinds}}
- {name: prod, context: {cluster: prod, user: me}}
- {name: kind-far, context: {cluster: kind-far, user: me}}
users:
- {name: kind-gone, user: {}}
- {name: kind-kinds, user: {}}
- {name: me, user: {token: secret}}
current-context: prod
${more}`;

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'boathouse-contexts-'));
  file = join(directory, 'config');
  await writeFile(file, kubeconfig());
});
afterEach(() => rm(directory, { recursive: true }));

const surroundings = (change: Parameters<typeof surroundingsWith>[0] = {}) =>
  surroundingsWith({
    kubeconfig: {
      environment: { KUBECONFIG: file },
      homeDirectory: directory,
      platform: 'linux',
      directories: { state: join(directory, 'state') },
    },
    ...change,
  });

test('what is ours can be taken out, what is of kind is told, everything else is nobody’s business', async () => {
  const findings = await contextsCheckup.examine(surroundings());
  expect(said(findings)).toEqual([
    'warning context-gone: there is no cluster gone on this engine, and nothing answers at https://127.0.0.1:21234',
    'warning context-gone-foreign: there is no cluster kinds on this engine, and nothing answers at https://127.0.0.1:21235',
  ]);
  expect(findings.map(({ mend }) => mend !== undefined)).toEqual([true, false]);
  await findings[0]?.mend?.();
  const after = await readFile(file, 'utf8');
  expect(after).not.toContain('gone');
  expect(after).toContain('kind-kinds');
  expect(after).toContain('current-context: prod');
});

test('a cluster that exists, is being made, or answers, is not gone', async () => {
  const gone = { name: 'gone', context: contextOf('gone') } as Cluster;
  const kinds = { name: 'kinds', context: contextOf('kinds') } as Cluster;
  expect(await contextsCheckup.examine(surroundings({ clusters: [gone, kinds] }))).toEqual([]);
  expect(await contextsCheckup.examine(surroundings({ computer: { answers: async () => true } }))).toEqual([]);
  const entries = ['gone', 'kinds'].map((subject) => ({ subject })) as never[];
  expect(await contextsCheckup.examine(surroundings({ entries }))).toEqual([]);
});

test('a file that is no kubeconfig has a finding elsewhere', async () => {
  await writeFile(file, 'clusters: [');
  expect(await contextsCheckup.examine(surroundings())).toEqual([]);
});
