// How long lists take: of clusters, from the core's start and as a process; of the contexts of a large kubeconfig. `npm run bench:startup [-- --rounds N]`
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { createCore } from '../../electron/core/app';
import { createAuthority, issue } from '../../electron/core/clusters/providers/kubeadm/certificate';
import { median, table } from './figures';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '10' }, 'in-process': { type: 'string' } },
});
const boathouse = join(import.meta.dirname, '../cli/boathouse.js');

/** Milliseconds, in this process: from the start of a core to the first answer of `clusters.list`; `kubeconfig`: of `kubeconfig.list`, asked of one that runs. */
async function firstAnswer(question: string): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'boathouse-bench-'));
  const kubeconfig = join(directory, 'kubeconfig');
  if (question === 'kubeconfig') await writeFile(kubeconfig, largeKubeconfig());
  let start = performance.now();
  const core = await createCore({
    environment: { ...process.env, ...(question === 'kubeconfig' && { KUBECONFIG: kubeconfig }) },
    homeDirectory: homedir(),
    platform: process.platform,
    directories: { config: directory, state: directory, cache: directory },
    resources: join(import.meta.dirname, '../../resources'),
    version: '0.0.0',
    shell: 'terminal',
    log: () => {},
  });
  if (question === 'kubeconfig') {
    start = performance.now();
    const { contexts } = await core.client.kubeconfig.list();
    if (contexts.length !== 200) throw new Error(`${contexts.length} contexts were listed`);
  } else {
    await core.client.clusters.list();
  }
  const took = performance.now() - start;
  await core.dispose();
  await rm(directory, { recursive: true, force: true });
  return took;
}

/** Two hundred contexts, each with a cluster, a user and their certificates: about a megabyte. */
function largeKubeconfig(): string {
  const until = new Date('2039-01-01');
  const authority = createAuthority('bench', new Date('2019-01-01'), until);
  const pair = issue(authority, { subject: { commonName: 'ana' }, usages: ['client'], notAfter: until });
  const data = Buffer.from(pair.certificate).toString('base64');
  const list = (entry: (name: string) => string) =>
    Array.from({ length: 200 }, (_, index) => entry(`c${index}`)).join('');
  return [
    `clusters:\n${list((name) => `- name: ${name}\n  cluster: {server: https://${name}.example.com, certificate-authority-data: ${data}}\n`)}`,
    `contexts:\n${list((name) => `- name: ${name}\n  context: {cluster: ${name}, user: ${name}}\n`)}`,
    `users:\n${list((name) => `- name: ${name}\n  user: {client-certificate-data: ${data}, client-key-data: ${data}}\n`)}`,
  ].join('');
}

async function timed(program: string, args: string[]): Promise<number> {
  const start = performance.now();
  await execa(program, args);
  return performance.now() - start;
}

if (values['in-process']) {
  console.log(await firstAnswer(values['in-process']));
} else {
  const figures = { core: [] as number[], kubeconfig: [] as number[], list: [] as number[], node: [] as number[] };
  for (let round = 0; round < Number(values.rounds); round += 1) {
    // A process of its own each time: the first answer of a core is asked only once.
    for (const question of ['core', 'kubeconfig'] as const) {
      const { stdout } = await execa('node', [import.meta.filename, '--in-process', question]);
      figures[question].push(Number(stdout));
    }
    figures.list.push(await timed('node', [boathouse, 'list']));
    figures.node.push(await timed('node', ['-e', '0']));
  }
  const row = (what: string, all: number[]) => [
    what,
    median(all).toFixed(0),
    Math.min(...all).toFixed(0),
    Math.max(...all).toFixed(0),
  ];
  console.log(
    table([
      ['milliseconds', 'median', 'least', 'most'],
      row('core start to first answer of list', figures.core),
      row('200 contexts of a kubeconfig listed', figures.kubeconfig),
      row('`boathouse list` as a process', figures.list),
      row('`node -e 0` for comparison', figures.node),
    ]),
  );
}
