// `boathouse templates ...` over the real rooms: what is printed where, what is kept, and the exit codes.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCore } from '../core/app';
import type { Core } from '../core/options';
import { memoryTerminal } from './memory-terminal';
import { boathouse as run } from './run-for-test';

let folder: string;
let core: Core;
const own = () => join(folder, 'config', 'templates');
const boathouse = (words: string, around: Parameters<typeof run>[1] = {}) => run(words, { core, ...around });

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const lab = `# Mine.
apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: { id: lab, title: Lab, description: A lab }
spec:
  parameters:
    - { name: workers, type: integer, minimum: 1, maximum: 3 }
  nodes:
    - role: control-plane
    - role: worker
      count: \${parameters.workers}
`;

const kind = `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
name: shop
nodes:
- role: control-plane
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boathouse-cli-'));
  const directories = { config: join(folder, 'config'), state: join(folder, 'state'), cache: join(folder, 'cache') };
  core = await createCore({
    environment: { DOCKER_HOST: `unix://${folder}/none.sock` },
    homeDirectory: folder,
    platform: 'linux',
    directories,
    resources: join(import.meta.dirname, '../../resources'),
    version: '1.2.3',
    shell: 'terminal',
    log: () => {},
  });
});

afterAll(async () => {
  await core.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe('looking', () => {
  it.each(['templates', 'templates list'])('lists: %s', async (words) => {
    const { code, out } = await boathouse(words);
    expect(code).toBe(0);
    const [head, first] = out.split('\n');
    expect(head).toMatch(/^ID +NODES +TITLE +WHAT FOR$/);
    expect(first).toMatch(/^single +1 \+ 0 +Single node +One node/);
  });

  it('lists as JSON', async () => {
    const { json } = await boathouse('templates --json');
    expect(json).toMatchObject([{ templates: expect.arrayContaining([expect.objectContaining({ id: 'single' })]) }]);
  });

  it('shows one with its parameters and documentation, or its text alone', async () => {
    const { out } = await boathouse('templates show workshop');
    expect(out).toMatch(/^Workshop\n/);
    expect(out).toMatch(/^memory +string +1Gi +512Mi, 1Gi, 2Gi, 4Gi +What one worker may use/m);
    expect(out).toMatch(/^port +integer +8080 +1024 to 65535/m);
    expect(out).toContain('For instructors');
    const text = await boathouse('templates show workshop --yaml');
    const published = join(import.meta.dirname, '../../resources/templates/workshop.yaml');
    expect(`${text.out}\n`).toBe(await readFile(published, 'utf8'));
  });

  it('says which one was meant', async () => {
    const { code, err } = await boathouse('templates show workshp');
    expect(code).toBe(1);
    expect(err).toContain('Did you mean workshop?');
  });

  it('prints the schema that is published', async () => {
    const { out } = await boathouse('templates schema');
    const published = join(import.meta.dirname, '../../resources/schemas/cluster-template.v1.json');
    expect(`${out}\n`).toBe(await readFile(published, 'utf8'));
  });
});

describe('validate', () => {
  it('says that a template is valid', async () => {
    const path = await file('lab.yaml', lab);
    expect(await boathouse(`templates validate ${path}`)).toMatchObject({
      code: 0,
      out: `${path} is a valid template: lab`,
    });
  });

  it('prints problems with line and column', async () => {
    const path = await file('wrong.yaml', lab.replace('role: worker', 'role: wroker').replace('kind:', 'knid:'));
    const { code, out } = await boathouse(`templates validate ${path}`);
    expect(code).toBe(1);
    expect(out).toContain(`${path}:10:13: error: spec.nodes[1].role must be`);
    expect(out).toContain(`${path}:3:1: error: knid is not known here, did you mean kind?`);
    const { json } = await boathouse(`templates validate ${path} --json`);
    expect(json).toMatchObject([
      { file: path, valid: false, problems: [{ line: 2 }, { line: 3, column: 1 }, { line: 10 }] },
    ]);
  });

  it('tries values of parameters', async () => {
    const path = await file('lab.yaml', lab);
    const { code, out } = await boathouse(`templates validate ${path} --set workers=9`);
    expect([code, out]).toEqual([1, expect.stringContaining('workers must be at most 3')]);
  });

  it('says that there is no such file', async () => {
    const { code, err } = await boathouse('templates validate ./none.yaml');
    expect(code).toBe(2);
    expect(err).toContain('./none.yaml cannot be read');
  });
});

describe('in and out', () => {
  it('turns a configuration of kind into a template, and only prints it with --dry-run', async () => {
    const path = await file('kind.yaml', `${kind}  image: kindest/node:v1.34.0\nkubeadmConfigPatches: []\n`);
    const { code, out, err } = await boathouse(`templates import ${path} --dry-run`);
    expect(code).toBe(0);
    expect(out).toContain('id: shop');
    expect(err).toContain('is a configuration of kind');
    await expect(readdir(own())).rejects.toThrow();
  });

  it('says what of a k3d configuration could not be carried over', async () => {
    const path = await file(
      'k3d.yaml',
      'apiVersion: k3d.io/v1alpha5\nkind: Simple\noptions:\n  k3d:\n    timeout: 60s\n',
    );
    const { code, err } = await boathouse(`templates import ${path} --dry-run`);
    expect(code).toBe(0);
    expect(err).toMatch(/Not carried over:\n {2}options\.k3d\.timeout: /);
    expect((await boathouse(`templates import ${path} --dry-run --json`)).json).toMatchObject([
      { format: 'k3d', notCarried: [{ field: 'options.k3d.timeout' }] },
    ]);
  });

  it('keeps, copies and deletes', async () => {
    const path = await file('lab.yaml', lab);
    expect((await boathouse(`templates import ${path}`)).out).toContain(join(own(), 'lab.yaml'));
    expect(await readFile(join(own(), 'lab.yaml'), 'utf8')).toBe(lab);
    const again = await boathouse(`templates import ${path}`);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('There is a template lab already')]);
    expect((await boathouse(`templates import ${path} --as lab-2 --json`)).json).toMatchObject([
      { saved: { id: 'lab-2', file: join(own(), 'lab-2.yaml') } },
    ]);
    await boathouse('templates duplicate lab lab-3');
    expect(await readFile(join(own(), 'lab-3.yaml'), 'utf8')).toBe(lab.replace('id: lab', 'id: lab-3'));
    const kept = memoryTerminal({ answers: ['n'] });
    expect((await boathouse('templates delete lab-2', { terminal: kept })).code).toBe(130);
    expect(kept.questions).toEqual(['Delete the template lab-2 and its file? [y/N] ']);
    expect((await boathouse('templates delete lab-2 --yes')).code).toBe(0);
    expect((await readdir(own())).sort()).toEqual(['lab-3.yaml', 'lab.yaml']);
    expect((await boathouse('templates delete single')).code).toBe(2);
  });

  it('refuses what is no template, with its places', async () => {
    const path = await file('bad.yaml', `${kind}bogus: true\n`);
    const { code, err } = await boathouse(`templates import ${path}`);
    expect(code).toBe(1);
    expect(err).toContain(`${path}:6:1: error: bogus is not known here`);
  });

  it('fetches from https addresses of the public internet only', async () => {
    for (const address of ['http://example.com/a.yaml', 'https://127.0.0.1/a.yaml', 'file:///etc/passwd']) {
      const { code, err } = await boathouse(`templates import ${address} --yes`);
      expect([code, err]).toEqual([1, expect.stringContaining('is not fetched')]);
    }
  });

  it('hands out as kind and k3d read it', async () => {
    const { code, out, err } = await boathouse('templates export ingress-ready --as kind');
    expect([code, out]).toEqual([0, expect.stringContaining('apiVersion: kind.x-k8s.io/v1alpha4')]);
    expect(err).toContain('spec.parameters: kind has no parameters');
    const k3d = await boathouse('templates export workshop --as k3d --set workers=4 --json');
    expect(k3d.json).toMatchObject([{ yaml: expect.stringContaining('agents: 4') }]);
    expect((await boathouse('templates export single')).code).toBe(2);
    expect((await boathouse('templates export single --as minikube')).code).toBe(2);
  });
});
