// The real kubectl and our edits on the same files: it reads what we write, we keep what it writes, and neither loses the other.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { roundsOf } from '../testing/core';
import { addToKubeconfig } from './add';
import { changeKubeconfig } from './change';
import { standaloneKubeconfig } from './entry';
import type { KubeconfigOptions } from './files';
import { currentContext } from './read';
import { removeFromKubeconfig } from './remove';
import { adminConf, kubeadmCluster } from './samples.test-data';
import { useContext } from './use';
import { watchKubeconfig } from './watch';

const program = process.env.BOATHOUSE_TEST_KUBECTL ?? '';
if (!program)
  console.log('Skipped: kubectl beside our kubeconfig edits, because BOATHOUSE_TEST_KUBECTL names no kubectl');

/** By each of eight writers. */
const writes = roundsOf(10);

const never = () => new AbortController().signal;
let directory: string;
let files: string[];
let options: KubeconfigOptions;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  files = ['a', 'b'].map((name) => join(directory, name));
  options = {
    environment: { KUBECONFIG: files.join(':') },
    homeDirectory: directory,
    platform: process.platform,
    directories: { state: join(directory, 'state') },
  };
});
afterEach(() => rm(directory, { recursive: true }));

async function kubectl(...words: string[]): Promise<string> {
  const env = { ...options.environment, HOME: directory, PATH: process.env.PATH };
  return (await promisify(execFile)(program, words, { env })).stdout.trim();
}

const addition = (clusterName: string, switchContext: boolean) => ({
  cluster: kubeadmCluster(clusterName),
  adminConf,
  server: 'https://127.0.0.1:41234',
  switchContext,
});

describe.skipIf(!program)('with kubectl', () => {
  it('is read by kubectl, in both directions, file by file', async () => {
    const [a = '', b = ''] = files;
    await writeFile(b, '# mine\n');
    const added = await addToKubeconfig(options, addition('demo', true), never());
    expect(added.file).toBe(b);
    expect(await kubectl('config', 'current-context')).toBe('kind-demo');
    const view = JSON.parse(await kubectl('config', 'view', '--raw', '--minify', '-o', 'json'));
    expect(view.clusters[0].cluster.server).toBe('https://127.0.0.1:41234');
    expect(view.users[0].user['client-key-data']).toBe('a2V5');

    await writeFile(a, '');
    await kubectl('config', 'set-context', 'other', '--cluster=kind-demo', '--user=kind-demo');
    await kubectl('config', 'use-context', 'other');
    expect(await currentContext(options)).toBe('other');
    expect((await useContext(options, { name: 'demo', context: 'kind-demo' }, never())).file).toBe(a);
    expect(await kubectl('config', 'current-context')).toBe('kind-demo');
  });

  it('keeps our mark and its own settings through rewrites by kubectl', async () => {
    const [a = ''] = files;
    await writeFile(a, '');
    await addToKubeconfig(options, addition('demo', true), never());
    await kubectl('config', 'set-context', '--current', '--namespace=dev');
    const rewritten = await readFile(a, 'utf8');
    expect(parse(rewritten).clusters[0].cluster.extensions[0].name).toBe('dev.boathouse');

    await addToKubeconfig(options, addition('demo', true), never());
    expect(await readFile(a, 'utf8')).toBe(rewritten);
    await kubectl('config', 'set-cluster', 'prod', '--server=https://prod.example.com');
    const withProd = await readFile(a, 'utf8');
    await addToKubeconfig(options, addition('second', false), never());
    await removeFromKubeconfig(options, kubeadmCluster('second'), never());
    expect(await readFile(a, 'utf8')).toBe(withProd);

    expect(await removeFromKubeconfig(options, kubeadmCluster('demo'), never())).toEqual({ files: [a] });
    expect(await kubectl('config', 'get-clusters')).toBe('NAME\nprod');
    expect(await kubectl('config', 'get-contexts', '-o', 'name')).toBe('');
  });

  it('takes the lock that kubectl respects, and waits for kubectl’s', async () => {
    const [a = ''] = files;
    await writeFile(a, '');
    await writeFile(`${a}.lock`, '');
    await expect(kubectl('config', 'set-cluster', 'prod', '--server=https://prod')).rejects.toThrow('lock');
    const added = addToKubeconfig({ ...options, lockLimitMilliseconds: 60_000 }, addition('demo', false), never());
    await rm(`${a}.lock`);
    await added;
    expect(existsSync(`${a}.lock`)).toBe(false);
    await kubectl('config', 'set-cluster', 'prod', '--server=https://prod');
    // kubectl lists clusters in no order
    const clusters = (await kubectl('config', 'get-clusters')).split('\n');
    expect(clusters.sort()).toEqual(['NAME', 'kind-demo', 'prod']);
  });

  it('never shows kubectl half a file', async () => {
    const [a = ''] = files;
    await writeFile(a, '');
    await kubectl('config', 'set-cluster', 'prod', '--server=https://prod');
    const patient = { ...options, lockLimitMilliseconds: 60_000 };
    let writing = true;
    const writes = Promise.all(
      Array.from({ length: 8 }, async (_none, index) => {
        await addToKubeconfig(patient, addition(`c${index}`, true), never());
        await removeFromKubeconfig(patient, kubeadmCluster(`c${index}`), never());
      }),
    ).finally(() => {
      writing = false;
    });
    const seen = new Set<string>();
    while (writing) {
      const clusters = JSON.parse(await kubectl('config', 'view', '-o', 'json')).clusters;
      seen.add(clusters.find((cluster: { name: string }) => cluster.name === 'prod')?.cluster.server);
    }
    await writes;
    expect([...seen]).toEqual(['https://prod']);
  }, 60_000);

  it('hears of a context switched by kubectl', async () => {
    const [a = ''] = files;
    await writeFile(a, '');
    await addToKubeconfig(options, addition('demo', false), never());
    const stop = new AbortController();
    await new Promise<void>((resolve, reject) => {
      const look = async () => {
        if ((await currentContext(options)) === 'kind-demo') resolve();
      };
      watchKubeconfig(options, () => void look().catch(() => {}), stop.signal);
      kubectl('config', 'use-context', 'kind-demo').catch(reject);
    });
    stop.abort();
  });

  it('accepts the kubeconfig that stands alone', async () => {
    const file = join(directory, 'alone');
    await writeFile(file, standaloneKubeconfig(adminConf, kubeadmCluster('demo'), 'https://127.0.0.1:41234'));
    expect(await kubectl('--kubeconfig', file, 'config', 'current-context')).toBe('kind-demo');
  });

  // kubectl beside kubectl loses writes by itself (it reads before it takes the lock), so there is one of it.
  it('loses nothing of eight writers at once, seven of ours and kubectl', async () => {
    const [a = ''] = files;
    await writeFile(a, '');
    const patient = { ...options, lockLimitMilliseconds: 300_000 };
    const names = (writer: number) => Array.from({ length: writes }, (_none, index) => `w${writer}-${index}`);
    const ours = async (writer: number) => {
      for (const name of names(writer)) {
        const text = `contexts: [{name: ${name}, context: {cluster: c, user: u}}]`;
        await changeKubeconfig(patient, { kind: 'import', text, choices: {} }, never());
      }
    };
    const theirs = async (writer: number) => {
      for (const name of names(writer))
        await untilUnlocked(() => kubectl('config', 'set-context', name, '--cluster=c'));
    };
    await Promise.all([...Array.from({ length: 7 }, (_none, writer) => ours(writer)), theirs(7)]);
    const found = (await kubectl('config', 'get-contexts', '-o', 'name')).split('\n');
    const wanted = Array.from({ length: 8 }, (_none, writer) => names(writer)).flat();
    expect(wanted.filter((name) => !found.includes(name))).toEqual([]);
    expect(found).toHaveLength(8 * writes);
  }, 900_000);
});

/** kubectl does not wait for a lock: whoever runs it tries again. */
async function untilUnlocked(run: () => Promise<unknown>): Promise<void> {
  for (;;) {
    const error = await run().then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    if (!error) return;
    if (!error.message.includes('.lock')) throw error;
  }
}
