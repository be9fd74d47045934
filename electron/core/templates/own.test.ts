// The user's own templates: files that are listed, watched, saved, copied and removed, and never written over by accident.
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyFeed, emptyFeed, type Feed } from '../../../shared/model/feed';
import type { TemplateEntry } from '../../../shared/model/template/entry';
import { duplicateTemplate } from './duplicate';
import { listTemplates, readTemplates, type TemplateOptions } from './list';
import { deleteTemplate, saveTemplate } from './save';
import { liveTemplates } from './watch';

const textOf = (id: string, rest = '') => `# mine
apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata:
  id: ${id} # this one
  title: Mine
  description: Mine
spec:
  nodes: [{role: control-plane}]
${rest}`;

let home: string;
let folder: string;
let options: TemplateOptions & { log(line: string): void };

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'templates-'));
  folder = join(home, 'config', 'templates');
  const directories = { config: join(home, 'config'), state: home, cache: home };
  options = { resources: join(import.meta.dirname, '../../../resources'), directories, log: () => {} };
});
afterEach(() => rm(home, { recursive: true }));

const own = async () => (await readTemplates(options)).filter(({ origin }) => origin === 'file');
const write = async (name: string, text: string) => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), text);
};

describe('listed', () => {
  it('after those that come with the product, with their file', async () => {
    await write('b.yaml', textOf('bravo'));
    await write('a.yml', textOf('alpha'));
    const all = await listTemplates(options);
    expect(all.slice(-2).map(({ template, file }) => [template.metadata.id, file])).toEqual([
      ['alpha', join(folder, 'a.yml')],
      ['bravo', join(folder, 'b.yaml')],
    ]);
    expect(all[0]?.origin).toBe('built-in');
  });

  it('with their mistakes, and then not usable', async () => {
    await write('broken.yaml', textOf('mine').replace('nodes', 'knots'));
    await write('copy.yaml', textOf('single'));
    await write('first.yaml', textOf('twice'));
    await write('second.yaml', textOf('twice'));
    await write('huge.yaml', '#'.repeat(5_000_000));
    await write('.hidden.yaml', textOf('hidden'));
    await write('notes.txt', 'notes');
    await mkdir(join(folder, 'folder.yaml'));
    await symlink(join(home, 'nowhere'), join(folder, 'dangling.yaml'));
    expect(
      (await own()).map(({ id, template, problems }) => [
        id,
        template !== undefined,
        problems[0]?.line,
        problems[0]?.message,
      ]),
    ).toEqual([
      ['broken.yaml', false, 9, 'spec.nodes is missing'],
      ['copy.yaml', false, 5, 'another template has the id single'],
      ['twice', true, undefined, undefined],
      ['huge.yaml', false, 1, expect.stringContaining('million characters')],
      ['second.yaml', false, 5, 'another template has the id twice'],
    ]);
    expect((await listTemplates(options)).map(({ template }) => template.metadata.id)).toContain('single');
  });

  it('not at all where there are none, or the folder is none', async () => {
    expect(await own()).toEqual([]);
    await mkdir(join(home, 'config'));
    await writeFile(folder, 'a file');
    expect(await own()).toEqual([]);
    expect((await listTemplates(options)).length).toBeGreaterThan(2);
  });
});

it('a file that was no template keeps its name when it becomes one', async () => {
  const broken = textOf('mended', 'bogus: 1\n');
  await write('mended.yaml', broken);
  await saveTemplate(options, { yaml: textOf('mended'), replacing: { id: 'mended.yaml', yaml: broken } });
  expect(await readdir(folder)).toEqual(['mended.yaml']);
  expect(await readFile(join(folder, 'mended.yaml'), 'utf8')).toBe(textOf('mended'));
});

describe('saved', () => {
  it('as a file called after its id, word for word', async () => {
    const saved = await saveTemplate(options, { yaml: textOf('mine') });
    expect(saved).toMatchObject({ id: 'mine', origin: 'file', file: join(folder, 'mine.yaml'), problems: [] });
    expect(await readFile(join(folder, 'mine.yaml'), 'utf8')).toBe(textOf('mine'));
    expect(await readdir(folder)).toEqual(['mine.yaml']);
  });

  it.each([
    ['a template that comes with the product', 'single', 'comes with Boathouse'],
    ["another of the user's", 'mine', 'is in '],
    ['a file that holds something else', 'other', 'other.yaml already'],
  ])('never over %s', async (_what, id, words) => {
    await write('mine.yaml', textOf('mine'));
    await write('other.yaml', 'notes: of mine\n');
    await expect(saveTemplate(options, { yaml: textOf(id) })).rejects.toMatchObject({
      code: 'name-taken',
      message: expect.stringContaining(words),
    });
    expect(await readFile(join(folder, 'mine.yaml'), 'utf8')).toBe(textOf('mine'));
    expect(await readFile(join(folder, 'other.yaml'), 'utf8')).toBe('notes: of mine\n');
    expect((await readdir(folder)).sort()).toEqual(['mine.yaml', 'other.yaml']);
  });

  it('once of two at the same time', async () => {
    const attempts = await Promise.allSettled(
      ['  images: [a]\n', '  images: [b]\n'].map((rest) => saveTemplate(options, { yaml: textOf('mine', rest) })),
    );
    expect(attempts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await readdir(folder)).toEqual(['mine.yaml']);
  });

  it('in the place of one, where that lies', async () => {
    await write('elsewhere.yaml', textOf('mine'));
    const yaml = textOf('mine', '  images: [a]\n');
    const saved = await saveTemplate(options, { yaml, replacing: { id: 'mine', yaml: textOf('mine') } });
    expect(saved.file).toBe(join(folder, 'elsewhere.yaml'));
    expect(await readFile(join(folder, 'elsewhere.yaml'), 'utf8')).toBe(yaml);
  });

  it('under another id, and no longer under the one before', async () => {
    await saveTemplate(options, { yaml: textOf('before') });
    await saveTemplate(options, { yaml: textOf('after'), replacing: { id: 'before', yaml: textOf('before') } });
    expect(await readdir(folder)).toEqual(['after.yaml']);
    await write('third.yaml', textOf('third'));
    const clash = { yaml: textOf('third'), replacing: { id: 'after', yaml: textOf('after') } };
    await expect(saveTemplate(options, clash)).rejects.toMatchObject({ code: 'name-taken' });
    expect((await readdir(folder)).sort()).toEqual(['after.yaml', 'third.yaml']);
  });

  it('mending a file with mistakes, which keeps its name', async () => {
    await write('mine.yaml', 'broken: true\n');
    const saved = await saveTemplate(options, {
      yaml: textOf('mended'),
      replacing: { id: 'mine.yaml', yaml: 'broken: true\n' },
    });
    expect(saved.id).toBe('mended');
    // It had no id of its own, so there is nothing that its file would have to be called after.
    expect(await readdir(folder)).toEqual(['mine.yaml']);
  });

  it('not over what someone else has changed or removed meanwhile', async () => {
    await write('mine.yaml', textOf('mine', '  images: [newer]\n'));
    const request = { yaml: textOf('mine'), replacing: { id: 'mine', yaml: textOf('mine') } };
    await expect(saveTemplate(options, request)).rejects.toMatchObject({ code: 'template-changed' });
    await rm(join(folder, 'mine.yaml'));
    await expect(saveTemplate(options, request)).rejects.toMatchObject({ code: 'template-changed' });
  });

  it('only when nothing is wrong with it, and where it can be', async () => {
    await expect(saveTemplate(options, { yaml: 'a: b' })).rejects.toMatchObject({ code: 'template-invalid' });
    await mkdir(join(home, 'config'));
    await writeFile(folder, 'a file');
    await expect(saveTemplate(options, { yaml: textOf('mine') })).rejects.toMatchObject({
      code: 'template-unwritable',
    });
  });
});

it('copied under another id, comments and all', async () => {
  await write('mine.yaml', textOf('mine'));
  const copy = await duplicateTemplate(options, 'mine', 'yours');
  expect(copy.yaml).toBe(textOf('yours'));
  const single = await duplicateTemplate(options, 'single', 'my-single');
  expect(single.yaml).toContain('# The smallest cluster there is');
  await expect(duplicateTemplate(options, 'single', 'yours')).rejects.toMatchObject({ code: 'name-taken' });
  await expect(duplicateTemplate(options, 'none', 'any')).rejects.toMatchObject({ code: 'template-unknown' });
});

it('removed, with the text to save it again', async () => {
  await write('mine.yaml', textOf('mine'));
  await write('broken.yaml', 'a: b\n');
  expect(await deleteTemplate(options, 'mine')).toEqual({ yaml: textOf('mine') });
  expect(await deleteTemplate(options, 'broken.yaml')).toEqual({ yaml: 'a: b\n' });
  expect(await readdir(folder)).toEqual([]);
  await expect(deleteTemplate(options, 'mine')).rejects.toMatchObject({ code: 'template-unknown' });
  await expect(deleteTemplate(options, '../settings')).rejects.toMatchObject({ code: 'template-unknown' });
  await expect(deleteTemplate(options, 'single')).rejects.toMatchObject({ code: 'bad-input' });
});

it('live: files that come, change, are renamed, and go with their whole folder', async () => {
  const stop = new AbortController();
  const watch = liveTemplates(options, stop.signal)(stop.signal);
  let state = emptyFeed<TemplateEntry>();
  /** Reads on until the user's own templates are as wanted. */
  const until = async (wanted: Record<string, string | undefined>) => {
    for await (const message of { [Symbol.asyncIterator]: () => ({ next: () => watch.next() }) } as AsyncIterable<
      Feed<TemplateEntry>
    >) {
      state = applyFeed(state, message, ({ id }) => id);
      const mine = [...state.items.values()].filter(({ origin }) => origin === 'file');
      const seen = Object.fromEntries(mine.map(({ id, template }) => [id, template?.spec.images.join()]));
      if (JSON.stringify(seen) === JSON.stringify(wanted)) return;
    }
  };
  await until({});
  expect(state.items.get('single')?.template).toBeDefined();
  await write('mine.yaml', textOf('mine', '  images: [a]\n'));
  await until({ mine: 'a' });
  await write('mine.yaml', textOf('mine', '  images: [b]\n'));
  await until({ mine: 'b' });
  await write('mine.yaml', 'broken');
  await until({ 'mine.yaml': undefined });
  await writeFile(join(folder, '.mine.swp'), textOf('renamed', '  images: [c]\n'));
  await rename(join(folder, '.mine.swp'), join(folder, 'mine.yaml'));
  await until({ renamed: 'c' });
  await rm(folder, { recursive: true });
  await until({});
  await write('mine.yaml', textOf('mine', '  images: [d]\n'));
  await until({ mine: 'd' });
  stop.abort();
  expect((await watch.next()).done).toBe(true);
});
