// Settings as a document: out and in again, without passwords, from every earlier form, and never from a newer one.
import { expect, it } from 'vitest';
import { settingsSchema, settingsVersion } from '../../../shared/model/settings';
import { exportSettings, importSettings } from './exchange';

const settings = settingsSchema.parse({
  theme: 'dark',
  density: 'compact',
  defaultTemplate: 'three-node',
  proxies: { http: 'http://ana:secret@proxy.example:3128', https: '', none: 'corp.example' },
});

it('comes back as it was, but for passwords', () => {
  const json = exportSettings(settings);
  expect(json).not.toContain('secret');
  const back = importSettings(json);
  expect(back).toEqual({ ...settings, proxies: { ...settings.proxies, http: back.proxies.http } });
  expect(back.proxies.http).toContain('proxy.example:3128');
});

it('takes what the first form had, and gives the rest its defaults', () => {
  const first = {
    kind: 'boathouse.dev/settings',
    engineHost: '',
    language: 'zh-CN',
    theme: 'light',
    mutedChecks: ['disk'],
  };
  const taken = importSettings(JSON.stringify(first));
  expect(taken).toEqual({ ...settingsSchema.parse({}), language: 'zh-CN', theme: 'light', mutedChecks: ['disk'] });
});

it.each([
  ['no JSON', '{', /no JSON/],
  ['another document', '{"theme": "dark"}', /not the settings of Boathouse/],
  ['nothing at all', 'null', /not the settings of Boathouse/],
  ['a newer one', JSON.stringify({ kind: 'boathouse.dev/settings', version: settingsVersion + 1 }), /newer Boathouse/],
  ['a value that is none', JSON.stringify({ kind: 'boathouse.dev/settings', version: 2, theme: 'pink' }), /theme/],
])('refuses %s', (_what, json, message) => {
  expect(() => importSettings(json)).toThrow(message);
});
