// Whatever is thrown becomes words, hints and an exit code.
import { expect, it } from 'vitest';
import { AppError } from '../../shared/model/errors';
import { standInCore } from '../host/stand-in-core';
import { commandOf, errorDataOf, errorLines, exitCodeOf } from './errors';
import { createPaint } from './output/paint';

it('knows its own errors, directly and over the contract', async () => {
  const core = standInCore();
  const thrown: unknown = await core.client.clusters.get({ name: 'none' }).catch((error: unknown) => error);
  expect(errorDataOf(thrown)).toMatchObject({ code: 'not-found', hints: [{ text: 'See `boathouse list`' }] });
  const direct = new AppError('busy', 'Busy');
  expect(errorDataOf(direct)).toEqual({ code: 'busy', message: 'Busy', hints: [] });
});

it('says which part of an input is wrong', async () => {
  const core = standInCore();
  const input = { name: 'Shop', template: { id: 'single' } };
  const thrown: unknown = await core.client.clusters.create(input).catch((error: unknown) => error);
  const data = errorDataOf(thrown);
  expect(data.code).toBe('bad-input');
  expect(data.message).toMatch(/^name: use lower-case letters/);
  expect(exitCodeOf(data)).toBe(2);
});

it('takes an abort for a cancel and everything else for our mistake', () => {
  expect(exitCodeOf(errorDataOf(AbortSignal.abort().reason))).toBe(130);
  for (const thrown of [new Error('x'), 'x', undefined, null, { code: 'APP_ERROR', data: 'nonsense' }]) {
    const data = errorDataOf(thrown);
    expect(data.code).toBe('internal');
    expect(exitCodeOf(data)).toBe(1);
    expect(errorLines(data, createPaint(false)).join('\n')).toContain('BOATHOUSE_DEBUG=1');
  }
});

it.each([
  ['clusters.stop', { name: 'shop' }, 'boathouse stop shop'],
  ['clusters.cleanup', { name: 'shop' }, 'boathouse cleanup shop'],
  ['clusters.get', { name: 'shop' }, 'boathouse status shop'],
  ['kubeconfig.use', { name: 'shop' }, 'boathouse use shop'],
  ['diagnostics.fix', { id: 'inotify' }, 'boathouse doctor --fix'],
  ['diagnostics.checks', undefined, 'boathouse doctor'],
  ['clusters.list', undefined, 'boathouse list'],
  ['clusters.stop', {}, undefined],
  ['settings.set', {}, undefined],
])('%s is a command too: %j', (name, input, command) => {
  expect(commandOf(name, input)).toBe(command);
});
