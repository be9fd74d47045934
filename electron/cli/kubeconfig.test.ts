// `boathouse kubeconfig ...` over the real rooms and no engine: what is printed, what is written, and the exit codes.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCore } from '../core/app';
import type { Core } from '../core/options';
import { memoryTerminal } from './memory-terminal';
import { boathouse as run } from './run-for-test';

const text = `# mine
clusters:
- {name: kind-shop, cluster: {server: "https://127.0.0.1:1"}}
- {name: prod, cluster: {server: "https://prod.example.com"}}
contexts:
- {name: kind-shop, context: {cluster: kind-shop, user: kind-shop}}
- {name: prod, context: {cluster: prod, user: prod, namespace: web}}
current-context: kind-shop
users:
- {name: kind-shop, user: {token: kind-token}}
- {name: prod, user: {token: prod-token}}
`;

let folder: string;
let core: Core;
const file = () => join(folder, '.kube-config');
const boathouse = (words: string, around: Parameters<typeof run>[1] = {}) => run(words, { core, ...around });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boathouse-cli-'));
  await writeFile(file(), text);
  core = await createCore({
    environment: { DOCKER_HOST: `unix://${folder}/none.sock`, KUBECONFIG: file() },
    homeDirectory: folder,
    platform: 'linux',
    directories: { config: join(folder, 'config'), state: join(folder, 'state'), cache: join(folder, 'cache') },
    resources: join(import.meta.dirname, '../../resources'),
    version: '1.2.3',
    shell: 'terminal',
    log: () => {},
  });
});
afterEach(async () => {
  await core.dispose();
  await rm(folder, { recursive: true, force: true });
});

it('lists contexts, and says nothing of what is secret', async () => {
  const { code, out } = await boathouse('kubeconfig contexts');
  expect(code).toBe(0);
  expect(out).toMatch(/^ +CONTEXT +CLUSTER OF +SERVER +NAMESPACE +EXPIRES +FILE\n\* +kind-shop +kind /);
  expect(out).not.toContain('token');
  expect((await boathouse('kubeconfig contexts --json')).json).toMatchObject([{ current: 'kind-shop' }]);
});

it('says which cluster does not answer', async () => {
  const { code, out } = await boathouse('kubeconfig check kind-shop');
  expect([code, out]).toEqual([1, expect.stringContaining('Nothing answers at https://127.0.0.1:1')]);
}, 120_000);

it('exports one context alone, to a file of the user alone', async () => {
  const target = join(folder, 'prod.yaml');
  expect((await boathouse(`kubeconfig export prod --output ${target}`)).code).toBe(0);
  expect((await stat(target)).mode & 0o777).toBe(0o600);
  const exported = await readFile(target, 'utf8');
  expect(exported).toContain('prod-token');
  expect(exported).not.toContain('kind-');
  expect((await boathouse(`kubeconfig export prod --output ${target}`)).code).toBe(2);
});

it('points kubectl to a context by its name or its cluster’s, and to a namespace', async () => {
  expect((await boathouse('use prod -n db')).out).toContain('context prod, namespace db\nIt is not on this computer');
  expect(await readFile(file(), 'utf8')).toMatch(/namespace: "db"[\s\S]*current-context: prod/);
  expect((await boathouse('use shop')).out).toContain('context kind-shop');
  await boathouse('kubeconfig rename prod shop');
  const { code, err } = await boathouse('use shop');
  expect([code, err]).toEqual([2, expect.stringContaining('add --exact')]);
  expect((await boathouse('use shop --exact --json')).json).toMatchObject([{ context: 'shop' }]);
});

it('shows, changes, tells and takes back, without a secret', async () => {
  const dry = await boathouse('kubeconfig rename kind-shop local --dry-run');
  expect(dry.out).toMatch(/-current-context: kind-shop\n\+current-context: local[\s\S]*Nothing was changed/);
  expect(await readFile(file(), 'utf8')).toBe(text);
  expect((await boathouse('kubeconfig rename kind-shop local')).code).toBe(0);
  const { out } = await boathouse('kubeconfig history');
  const id = out.trim().split(/\s+/).at(-1);
  expect(out).toContain('kind-shop renamed to local');
  expect((await boathouse(`kubeconfig history ${id}`)).out).toContain('+current-context: local');
  expect((await boathouse('kubeconfig undo')).code).toBe(0);
  expect(await readFile(file(), 'utf8')).toBe(text);
});

it('asks before a context is removed, and never removes a remote one unasked', async () => {
  expect((await boathouse('kubeconfig remove prod')).code).toBe(2);
  const refusing = memoryTerminal({ answers: ['n'] });
  expect((await boathouse('kubeconfig remove prod', { terminal: refusing })).code).toBe(130);
  expect(refusing.stderr.join('\n')).toContain('-- {name: prod, user: {token: [hidden');
  expect(refusing.stderr.join('\n')).toContain('not on this computer');
  expect(await readFile(file(), 'utf8')).toBe(text);
  expect((await boathouse('kubeconfig remove prod --yes')).code).toBe(0);
  expect(await readFile(file(), 'utf8')).not.toContain('prod');
});

it('takes other files in, names that are taken as it is told', async () => {
  const other = join(folder, 'other.yaml');
  await writeFile(other, text.replace('prod.example.com', 'staging.example.com').replace('prod-token', 'other-token'));
  expect((await boathouse(`kubeconfig merge ${other} --dry-run`)).out).toMatch(/prod +renamed +prod-2/);
  expect((await boathouse(`kubeconfig import ${other} --on-conflict replace`)).code).toBe(2);
  const { out } = await boathouse(`kubeconfig import ${other} --on-conflict replace --yes`);
  expect(out).toMatch(/kind-shop +same/);
  expect(await readFile(file(), 'utf8')).toContain('other-token');
  expect((await boathouse('kubeconfig import ./none')).code).toBe(2);
});

it.skipIf(process.platform === 'win32')('opens a shell that knows one context alone', async () => {
  const product = {
    environment: { PATH: process.env.PATH, SHELL: '/bin/sh', OUT: join(folder, 'out'), KUBECONFIG: file() },
  };
  const command = memoryTerminal();
  // One word: the test splits at blanks.
  const { code } = await boathouse('shell prod -c cat<$KUBECONFIG>$OUT;exit${IFS}7', { product, terminal: command });
  expect(code).toBe(7);
  const inside = await readFile(join(folder, 'out'), 'utf8');
  expect(inside).toContain('prod-token');
  expect(inside).not.toContain('kind-');
  expect(command.stderr).toEqual([]);
});
