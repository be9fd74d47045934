// Blanks of sentences are filled, and what nothing fills stays to be seen.
import { expect, test } from 'vitest';
import { dateIn, fillBlanks } from './sentence';

test('texts, numbers, lists and moments', () => {
  const text = '{{count}} clusters: {{names, list}}, since {{at, date}} by {{who}}';
  const at = '2026-03-14T09:26:53Z';
  expect(fillBlanks(text, { count: 2, names: ['shop', 'lab'], at, who: 'ana' })).toBe(
    `2 clusters: shop, lab, since ${dateIn('en', at)} by ana`,
  );
  expect(dateIn('en', at)).toMatch(/^Mar 14, 2026/);
});

test('what is missing stays a blank, what is no moment stays as it is', () => {
  expect(fillBlanks('{{what}} of {{ other }}', {})).toBe('{{what}} of {{ other }}');
  expect(fillBlanks('{{at, date}}', { at: 'yesterday' })).toBe('yesterday');
});
