// `boathouse settings`: by name, one value inside another, and only values that are some.
import { expect, it } from 'vitest';
import { standInCore } from '../host/stand-in-core';
import { boathouse } from './run-for-test';

it('lists all, and prints one', async () => {
  const { code, out } = await boathouse('settings');
  expect(code).toBe(0);
  expect(out).toMatch(/^theme +system$/m);
  expect(out).toMatch(/^proxies\.https +-$/m);
  expect((await boathouse('settings get switchContext')).out).toBe('true');
});

it('sets one, as the kind of value that it is', async () => {
  const core = standInCore();
  await boathouse('settings set singleKeys off', { core });
  await boathouse('settings set diskBudget 40', { core });
  await boathouse('settings set proxies.https http://proxy.example:3128', { core });
  await boathouse('settings set experiments searchElsewhere', { core });
  expect(core.calls).toEqual([
    ['settings', { singleKeys: false }],
    ['settings', { diskBudget: 40 }],
    ['settings', { proxies: { http: '', https: 'http://proxy.example:3128', none: '' } }],
    ['settings', { experiments: ['searchElsewhere'] }],
  ]);
});

it('says which one may have been meant, and what a value may be', async () => {
  const unknown = await boathouse('settings get them');
  expect(unknown.code).not.toBe(0);
  expect(unknown.err).toContain('Did you mean theme?');
  expect((await boathouse('settings set singleKeys perhaps')).err).toContain('on or off');
});

it('resets after a question, and refuses a file that is not there', async () => {
  expect((await boathouse('settings reset --yes')).out).toContain('settings.json.before');
  expect((await boathouse('settings import /nonexistent.json')).err).toContain('cannot be read');
});
