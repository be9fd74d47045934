// `boathouse history`: the list, one of it, and what is not in it.
import { expect, it } from 'vitest';
import type { Operation } from '../../shared/model/operation';
import { standInCore } from '../host/stand-in-core';
import { boathouse } from './run-for-test';

const step = {
  id: 'close',
  kind: 'port-close',
  title: 'Closing 127.0.0.1:8080/tcp',
  lane: 'engine',
  weight: 1,
} as const;
const operation: Operation = {
  id: 'op-1',
  kind: 'change',
  subject: 'shop',
  state: 'failed',
  steps: [{ ...step, after: ['cluster-survey'], state: 'failed', startedAt: 1000, endedAt: 3000 }],
  queuedAt: 1000,
  startedAt: 1000,
  endedAt: 3500,
  error: { code: 'not-found', message: 'It is gone', hints: [] },
  leftovers: [],
};

function core() {
  const made = standInCore();
  made.operations.upsert(operation);
  return made;
}

it('lists what was done, and of a change what it was', async () => {
  const { code, out } = await boathouse('history shop', { core: core() });
  expect(code).toBe(0);
  expect(out).toMatch(/1 +1970-01-01 00:00:01 +change +failed +2\.5 s +Closing 127\.0\.0\.1:8080\/tcp/);
});

it.each(['1', 'op-1'])('shows %s step by step, with why it failed', async (which) => {
  const { out } = await boathouse(`history shop ${which} --log`, { core: core() });
  expect(out).toContain('change shop: failed after 2.5 s');
  expect(out).toMatch(/engine +Closing 127\.0\.0\.1:8080\/tcp +0\.0 s +2\.0 s/);
  expect(out).toContain('It is gone');
});

it('is JSON on request', async () => {
  const { out } = await boathouse('history shop --json', { core: core() });
  expect(JSON.parse(out)).toEqual({ operations: [operation] });
});

it('says that nothing was done, and what is not there', async () => {
  expect((await boathouse('history lab', { core: core() })).out).toContain('Nothing was done to "lab"');
  const { code, err } = await boathouse('history shop 7', { core: core() });
  expect([code, err]).toEqual([1, expect.stringContaining('"7" is nothing that was done to "shop"')]);
});
