// The template of a create request: found or read, filled, and refused at its line when this computer lacks what it names.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CoreOptions } from '../options';
import { createAuthority } from './providers/kubeadm/certificate';
import { wantedTemplate } from './wanted-template';

const here = 'unix:///var/run/docker.sock';
const yaml = `apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: mine, title: Mine, description: Mine}
spec:
  parameters:
    - {name: workers, type: integer}
  nodes:
    - role: control-plane
    - role: worker
      count: \${parameters.workers}
  mounts:
    - hostPath: ./gone
      containerPath: /gone
`;
let options: CoreOptions;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wanted-'));
  options = {
    environment: {},
    homeDirectory: folder,
    platform: process.platform,
    directories: { config: folder, state: folder, cache: folder },
    resources: join(import.meta.dirname, '../../../resources'),
    version: '0.0.0',
    shell: 'terminal',
    log: () => {},
  };
});
afterAll(() => rm(folder, { recursive: true }));

it('a known one, by its id', async () => {
  const template = await wantedTemplate(options, { template: { id: 'single' } }, here);
  expect(template.metadata.id).toBe('single');
  await expect(wantedTemplate(options, { template: { id: 'none' } }, here)).rejects.toMatchObject({
    code: 'template-unknown',
  });
});

it('a text, filled with values', async () => {
  const request = { template: { yaml, from: 'mine.yaml', folder }, parameters: { workers: '3' } };
  const template = await wantedTemplate(options, request, 'tcp://elsewhere:2376');
  expect(template.spec.nodes[1]?.count).toBe(3);
  await expect(wantedTemplate(options, { template: request.template }, here)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('workers needs a value'),
  });
});

it('certificates are texts: a cluster can be given nodes when their files are gone', async () => {
  const authority = createAuthority('company', new Date(), new Date(Date.now() + 86_400_000));
  await writeFile(join(folder, 'company.pem'), authority.certificate);
  const text = `${yaml}  certificates: [{name: company, file: company.pem}]\n`;
  const request = { template: { yaml: text, from: 'mine.yaml', folder }, parameters: { workers: '1' } };
  const { spec } = await wantedTemplate(options, request, 'tcp://elsewhere:2376');
  expect(spec.certificates).toEqual([{ name: 'company', inline: authority.certificate }]);
});

it('a mount that is not there is refused at its line, where the engine would see it', async () => {
  const request = { template: { yaml, from: 'mine.yaml', folder }, parameters: { workers: 3 } };
  await expect(wantedTemplate(options, request, here)).rejects.toMatchObject({
    code: 'template-invalid',
    detail: `line 12, column 17: spec.mounts[0].hostPath is not right: there is nothing at ${join(folder, 'gone')}`,
  });
});
