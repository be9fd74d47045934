// The samples: each is a project without a word against it, whose base images can be others, and has a README of one screen.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { copySample } from './samples';
import { folderWith, projectIn } from './testing/folder';

const folder = join(import.meta.dirname, '../../../../resources/samples');
const samples = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
const images = { BUSYBOX_IMAGE: 'other:1', NODE_IMAGE: 'other:1', GO_IMAGE: 'other:1', PYTHON_IMAGE: 'other:1' };

it('are a static page, services in Node and Go, and one in Python with a worker and a queue', () => {
  expect(samples).toEqual(['go-service', 'node-service', 'python-queue', 'static-page']);
});

it.each(samples)('%s is read as it is, and takes another base image', async (name) => {
  const project = await projectIn(join(folder, name));
  expect(project).toMatchObject({ name, problems: [], unsupported: [] });
  const other = await projectIn(join(folder, name), { env: images });
  for (const { builder, image } of other.modules.flatMap(({ artifacts }) => artifacts)) {
    expect(builder, image).toMatchObject({ buildArgs: { BASE: 'other:1' } });
  }
});

it('of several modules begins with the one that the others require', async () => {
  const { modules } = await projectIn(join(folder, 'python-queue'));
  expect(modules.map((module) => module.name)).toEqual(['queue', 'web', 'worker']);
});

it('are copied into a folder that is made, and never over what is there', async () => {
  const options = { resources: join(folder, '..'), homeDirectory: folderWith({ 'full/notes': 'mine' }) };
  for (const name of samples) {
    const { dir } = await copySample(options, { name, dir: `~/mine/${name}` });
    expect(await projectIn(dir)).toMatchObject({ name, problems: [] });
    const files = (from: string) => readdirSync(from, { recursive: true }).sort();
    expect(files(dir)).toEqual(files(join(folder, name)));
  }
  await expect(copySample(options, { name: 'static-page', dir: '~/full' })).rejects.toMatchObject({
    code: 'name-taken',
  });
  await expect(copySample(options, { name: 'none', dir: '~/new' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(copySample(options, { name: 'static-page', dir: 'new' })).rejects.toMatchObject({ code: 'bad-input' });
  expect(readdirSync(options.homeDirectory).sort()).toEqual(['full', 'mine']);
});

it.each(samples)('%s has a README of one screen', (name) => {
  expect(readFileSync(join(folder, name, 'README.md'), 'utf8').split('\n').length).toBeLessThan(30);
});
