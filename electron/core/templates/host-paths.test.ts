// Paths of this computer in templates: what they mean on each platform, and what is said when nothing is there.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hostPath, missingPaths } from './host-paths';
import { readTemplate } from './read';

const linux = { homeDirectory: '/home/ana', platform: 'linux', folder: '/home/ana/templates' } as const;
const windows = { homeDirectory: 'C:\\Users\\ana', platform: 'win32', folder: 'D:\\work' } as const;

it.each([
  ['/srv/data', linux, '/srv/data'],
  ['/srv/../data', linux, '/data'],
  ['~', linux, '/home/ana'],
  ['~/code', linux, '/home/ana/code'],
  ['~bob/code', linux, '/home/ana/templates/~bob/code'],
  ['${HOME}/code', linux, '/home/ana/code'],
  ['./data', linux, '/home/ana/templates/data'],
  ['../data', linux, '/home/ana/data'],
  ['data', linux, '/home/ana/templates/data'],
  ['data', { ...linux, folder: undefined }, undefined],
  ['~/code', windows, 'C:\\Users\\ana\\code'],
  ['${HOME}\\code', windows, 'C:\\Users\\ana\\code'],
  ['C:\\data', windows, 'C:\\data'],
  ['.\\data', windows, 'D:\\work\\data'],
  ['~/$&', linux, '/home/ana/$&'],
])('%s', (path, base, meant) => expect(hostPath(path, base)).toBe(meant));

it('names each path that leads nowhere, at its place', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paths-'));
  await writeFile(join(folder, 'here.yaml'), 'a: b\n');
  const template = readTemplate(
    `apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: mine, title: Mine, description: Mine}
spec:
  nodes:
    - role: control-plane
      mounts:
        - {hostPath: ., containerPath: /a}
        - {hostPath: ./gone, containerPath: /b}
  mounts:
    - {hostPath: here.yaml/gone, containerPath: /c}
  manifests:
    - {name: here, file: here.yaml}
    - {name: folder, file: .}
  certificates:
    - {name: company, file: ~/company.pem}
`,
    'mine.yaml',
  );
  const base = { homeDirectory: join(folder, 'home'), platform: process.platform, folder };
  const files = [
    { path: ['manifests', 1, 'file'], message: `${folder} is not a file` },
    { path: ['certificates', 0, 'file'], message: `there is nothing at ${join(folder, 'home', 'company.pem')}` },
  ];
  expect(await missingPaths(template, base, true)).toEqual([
    { path: ['nodes', 0, 'mounts', 1, 'hostPath'], message: `there is nothing at ${join(folder, 'gone')}` },
    { path: ['mounts', 0, 'hostPath'], message: `there is nothing at ${join(folder, 'here.yaml', 'gone')}` },
    ...files,
  ]);
  expect(await missingPaths(template, base, false)).toEqual(files);
  expect(await missingPaths(template, { ...base, folder: undefined }, false)).toMatchObject([
    { message: 'the template is not in a file that here.yaml could be relative to' },
    { message: 'the template is not in a file that . could be relative to' },
    {},
  ]);
  await rm(folder, { recursive: true });
});
