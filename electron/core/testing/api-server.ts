// For tests: a real API server of Kubernetes with its etcd and the controllers that roles, Secrets and namespaces need, without nodes: up in seconds.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { connectKube, type Kube } from '../kube/connect';
import { insist, waitForApi } from '../kube/wait';

export interface TestApiServer {
  kube: Kube;
  kubeconfig: string;
  /** Of its only context. */
  context: string;
  address: string;
  close(): Promise<void>;
}

/** The testbed's binaries are beside its kubectl; etcd is in its root of Debian's packages. */
const binaries = dirname(process.env.BOATHOUSE_TEST_KUBECTL ?? '/nonexistent/kubectl');
const root = join(binaries, '..', 'root-base.tar.zst');

/** Why none can be started; undefined when it can. */
export function apiServerIsMissing(): string | undefined {
  for (const needed of [join(binaries, 'kube-apiserver'), join(binaries, 'kube-controller-manager'), root]) {
    if (!existsSync(needed)) return `there is no ${needed}: run e2e/testbed/up.sh`;
  }
  return undefined;
}

export async function startApiServer(): Promise<TestApiServer> {
  const folder = await mkdtemp(join(tmpdir(), 'boathouse-api-'));
  const children: ChildProcess[] = [];
  const start = (program: string, args: string[]) => {
    children.push(spawn(program, args, { cwd: folder, stdio: 'ignore' }));
  };
  const [client, peer, port] = await Promise.all([freePort(), freePort(), freePort()]);
  const token = randomBytes(16).toString('hex');
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const [key, tokens, kubeconfig] = ['sa.key', 'tokens.csv', 'kubeconfig'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const address = `https://127.0.0.1:${port}`;
  const text = kubeconfigOf(address, token);
  await Promise.all([
    writeFile(key, privateKey),
    writeFile(tokens, `${token},admin,admin,system:masters\n`),
    writeFile(kubeconfig, text),
    promisify(execFile)('tar', ['--zstd', '-xf', root, '-C', folder, './usr/bin/etcd']),
  ]);
  const [clients, peers] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`];
  start(join(folder, 'usr/bin/etcd'), [
    `--data-dir=${join(folder, 'etcd')}`,
    '--unsafe-no-fsync',
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
  ]);
  start(join(binaries, 'kube-apiserver'), [
    `--etcd-servers=${clients}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    '--insecure-port=0',
    `--cert-dir=${join(folder, 'certificates')}`,
    `--token-auth-file=${tokens}`,
    '--authorization-mode=RBAC',
    '--disable-admission-plugins=ServiceAccount',
    '--service-cluster-ip-range=10.96.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-signing-key-file=${key}`,
    `--service-account-key-file=${key}`,
  ]);
  const kube = await connectKube(text);
  await waitForApi(kube, AbortSignal.timeout(60_000), 60_000);
  start(join(binaries, 'kube-controller-manager'), [
    `--kubeconfig=${kubeconfig}`,
    `--service-account-private-key-file=${key}`,
    '--controllers=namespace,serviceaccount,serviceaccount-token,garbagecollector,clusterrole-aggregation',
    '--leader-elect=false',
    '--port=0',
    '--secure-port=0',
  ]);
  // The API server makes it a moment after it answers.
  const within = AbortSignal.timeout(30_000);
  await insist(() => kube.call({ method: 'GET', path: '/api/v1/namespaces/default' }, within), within);
  return {
    kube,
    kubeconfig,
    context: 'test',
    address,
    async close() {
      const ended = children.map((child) => new Promise((resolve) => child.once('exit', resolve)));
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(ended);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function kubeconfigOf(server: string, token: string): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'test', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
