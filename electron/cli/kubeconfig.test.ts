// `boathouse kubeconfig ...` over the real rooms and no engine: what is printed, what is written, and the exit codes.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCore } from '../core/app';
import type { Core } from '../core/options';
import { boathouse as run } from './run-for-test';

const text = `# mine
clusters:
- {name: kind-shop, cluster: {server: "https://127.0.0.1:1"}}
- {name: prod, cluster: {server: "https://127.0.0.2:1"}}
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
