// Settings kept in their file, watched, and what happens to a file that is broken.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settingsSchema, settingsVersion } from '../../../shared/model/settings';
import { openSettings } from './settings';

const defaults = settingsSchema.parse({});
let directory: string;
let file: string;
let lines: string[];
const open = () => openSettings({ directories: { config: directory }, log: (line) => lines.push(line) });

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'settings-'));
  file = join(directory, 'settings.json');
  lines = [];
});
afterEach(() => rm(directory, { recursive: true }));

it('has the defaults without a file, and makes none by being read', async () => {
  expect(open().get()).toEqual(defaults);
  expect(await readdir(directory)).toEqual([]);
});

it('keeps what is set, for its owner only', async () => {
  const settings = open();
  expect(await settings.set({ theme: 'dark' })).toEqual({ ...defaults, theme: 'dark' });
  expect(await settings.set({ language: 'zh-CN' })).toEqual({ ...defaults, theme: 'dark', language: 'zh-CN' });
  expect(open().get()).toEqual({ ...defaults, theme: 'dark', language: 'zh-CN' });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(lines).toEqual([]);
});

it('keeps what another process has set, and what a newer version has', async () => {
  const settings = open();
  await writeFile(file, '{"theme": "light", "future": {"a": 1}}');
  expect(await settings.set({ language: 'en' })).toEqual({ ...defaults, theme: 'light', language: 'en' });
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
    version: settingsVersion,
    theme: 'light',
    future: { a: 1 },
    language: 'en',
  });
});

it('tells watchers', async () => {
  const settings = open();
  const stop = new AbortController();
  const seen: string[] = [];
  for await (const { theme } of settings.watch(stop.signal)) {
    seen.push(theme);
    if (theme === 'system') await settings.set({ theme: 'dark' });
    else stop.abort();
  }
  expect(seen).toEqual(['system', 'dark']);
});

it('refuses values that are none, and stores nothing', async () => {
  const settings = open();
  const nonsense = { theme: 'pink' } as unknown as { theme: 'dark' };
  await expect(settings.set(nonsense)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('theme'),
  });
  expect(settings.get()).toEqual(defaults);
  expect(await readdir(directory)).toEqual([]);
});

it.each(['{"theme": "dark"', '["dark"]', '', 'null'])('sets a broken file aside: %j', async (text) => {
  await writeFile(file, text);
  const settings = open();
  expect(settings.get()).toEqual(defaults);
  const [aside = '', ...others] = await readdir(directory);
  expect(others).toEqual([]);
  expect(aside).toMatch(/^settings\.json\.broken-\d{4}-\d\d-\d\dT/);
  expect(await readFile(join(directory, aside), 'utf8')).toBe(text);
  expect(lines).toEqual([expect.stringContaining(join(directory, aside))]);
  await settings.set({ theme: 'light' });
  expect(open().get().theme).toBe('light');
});

it('uses the default for a field that cannot be used, and leaves the rest', async () => {
  const text = '{"theme": "dark", "language": "tlh"}';
  await writeFile(file, text);
  expect(open().get()).toEqual({ ...defaults, theme: 'dark' });
  expect(lines).toEqual([expect.stringContaining('language')]);
  expect(await readFile(file, 'utf8')).toBe(text);
});

it('leaves the version of a newer Boathouse, and uses what it understands', async () => {
  await writeFile(file, JSON.stringify({ version: 99, theme: 'dark' }));
  const settings = open();
  expect(settings.get().theme).toBe('dark');
  await settings.set({ language: 'en' });
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ version: 99, language: 'en' });
});

it('replaces all of them, and keeps what was before beside it', async () => {
  const settings = open();
  await settings.set({ theme: 'dark', defaultTemplate: 'three-node' });
  expect(await settings.replace(defaults)).toEqual(defaults);
  expect(open().get()).toEqual(defaults);
  expect(JSON.parse(await readFile(`${file}.before`, 'utf8'))).toMatchObject({ theme: 'dark' });
});

it('refuses certificates that are none, and proxies that are no addresses', async () => {
  const settings = open();
  await expect(settings.set({ certificates: 'ca.pem' })).rejects.toMatchObject({ code: 'bad-input' });
  await expect(settings.set({ proxies: { http: 'proxy', https: '', none: '' } })).rejects.toMatchObject({
    code: 'bad-input',
  });
  expect(await readdir(directory)).toEqual([]);
});
