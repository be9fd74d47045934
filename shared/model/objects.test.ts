// What cells of tables say.
import { expect, it } from 'vitest';
import { ageOf, type Column, cellText } from './objects';

it('says ages as kubectl does', () => {
  const now = Date.parse('2026-03-14T00:00:00Z');
  const ago = (seconds: number) => ageOf(new Date(now - seconds * 1000).toISOString(), now);
  expect([5, 119, 120, 7199, 7200, 172_799, 172_800].map(ago)).toEqual(['5s', '119s', '2m', '119m', '2h', '47h', '2d']);
  expect(ageOf('never', now)).toBe('never');
  const age: Column = { name: 'Age', type: 'date', priority: 0 };
  expect(cellText('2026-03-12T00:00:00Z', age, now)).toBe('2d');
  expect(cellText(null, age, now)).toBe('');
});
