// Contexts that the files alone tell to be of no use: each kind of fault has a finding, a context in order has none.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { certificateUntil } from '../../kubeconfig/certificates.test-data';
import { said, surroundingsWith } from '../testing/surroundings';
import { contextFaultsCheckup } from './context-faults';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boathouse-context-faults-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function findings(text: string) {
  const file = join(folder, 'config');
  await writeFile(file, text);
  const kubeconfig = {
    environment: { KUBECONFIG: file },
    homeDirectory: folder,
    platform: 'linux',
    directories: { state: folder },
  } as const;
  return contextFaultsCheckup.examine(surroundingsWith({ kubeconfig }));
}

test('a file that is gone, what is no longer valid and what is named in vain are told, and how to take the context out', async () => {
  const ended = certificateUntil('2020-01-01').base64;
  const found = await findings(`
clusters:
- {name: good, cluster: {server: "https://a"}}
- {name: gone-file, cluster: {server: "https://b", certificate-authority: ca.crt}}
contexts:
- {name: good, context: {cluster: good, user: good}}
- {name: no-file, context: {cluster: gone-file, user: good}}
- {name: old, context: {cluster: good, user: old}}
- {name: lost, context: {cluster: nowhere, user: nobody}}
users:
- {name: good, user: {token: t}}
- {name: old, user: {client-certificate-data: ${ended}}}
`);
  expect(said(found).map((line) => line.replace(/until .*/, 'until'))).toEqual([
    `warning context-file-missing: ${join(folder, 'ca.crt')}, named by certificate-authority`,
    'warning context-expired: valid until',
    'warning context-incomplete: no file has what it names: cluster nowhere, user nobody',
  ]);
  expect(found.map(({ check }) => check.advice)).toEqual([
    expect.stringContaining('boathouse kubeconfig remove no-file'),
    expect.stringContaining('boathouse kubeconfig remove old'),
    expect.stringContaining('boathouse kubeconfig remove lost'),
  ]);
});

test('nothing is said of no file at all', async () => {
  expect(await findings('')).toEqual([]);
});
