// Where versions stand on given days.
import { expect, test } from 'vitest';
import { supportOf } from './support';

const on = (day: string) => new Date(`${day}T12:00:00Z`);

test.each([
  ['v1.36.1', '2026-11-20', 'supported', '2027-06-28'],
  ['v1.35.0', '2026-12-27', 'supported', '2027-02-28'],
  ['v1.35.0', '2026-12-28', 'maintenance', '2027-02-28'],
  ['v1.34.0', '2026-10-27', 'maintenance', '2026-10-27'],
  ['v1.34.0', '2026-10-28', 'ended', '2026-10-27'],
  ['v1.20.2', '2026-11-20', 'ended', '2022-02-28'],
])('%s on %s is %s until %s', (version, day, state, until) => {
  expect(supportOf(version, on(day))).toEqual({ state, until });
});

test('older than the list has ended, newer is not known', () => {
  expect(supportOf('v1.9.0', on('2026-11-20'))).toEqual({ state: 'ended' });
  expect(supportOf('v1.99.0', on('2026-11-20'))).toEqual({ state: 'unknown' });
});
