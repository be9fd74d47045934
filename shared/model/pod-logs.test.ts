// Where a reader of a log goes on: nothing twice, nothing left out; moments of nodes are compared to the nanosecond.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advanced, compareMoments, createResume, type LogCursor } from './pod-logs';

const moment = (nanoseconds: number) =>
  `2026-03-14T09:26:${String(10 + Math.floor(nanoseconds / 4)).padStart(2, '0')}.${String((nanoseconds % 4) * 25).padStart(2, '0')}Z`;

test('wherever a reader stopped, it gets the rest of the log and no more', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(12), { maxLength: 30 }), fc.nat(30), (numbers, stop) => {
      const log = numbers.sort((a, b) => a - b).map((number, index) => ({ at: moment(number), text: String(index) }));
      const read = log.slice(0, stop);
      const cursor = read.reduce<LogCursor | undefined>((before, { at }) => advanced(before, at), undefined);
      // Kubernetes gives whole seconds again.
      const second = cursor?.at.slice(0, 19);
      const again = log.filter(({ at }) => second === undefined || at.slice(0, 19) >= second);
      const isNew = createResume(cursor);
      expect([...read, ...again.filter(({ at }) => isNew(at))]).toEqual(log);
    }),
  );
});

test('moments are compared whatever their digits and zones', () => {
  const inOrder = [
    '2026-03-14T09:26:53Z',
    '2026-03-14T09:26:53.000000001Z',
    '2026-03-14T09:26:53.1Z',
    '2026-03-14T09:26:53.123456789Z',
    '2026-03-14T11:26:54.5+02:00',
    '2026-03-14T09:26:55Z',
  ];
  for (const [at, one] of inOrder.entries()) {
    for (const [other, another] of inOrder.entries()) {
      expect(Math.sign(compareMoments(one, another))).toBe(Math.sign(at - other));
    }
  }
  expect(compareMoments('2026-03-14T09:26:53.100Z', '2026-03-14T09:26:53.1Z')).toBe(0);
});
