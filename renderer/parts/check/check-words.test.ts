// @vitest-environment jsdom
// Checks speak Chinese where there are words for their code, and the core's English everywhere else.
import { expect, it } from 'vitest';
import type { Check } from '../../../shared/model/diagnostics';
import { createTexts } from '../../app/language';
import { checkWords } from './check-words';

const chinese = createTexts('zh-CN');

function check(code: string, more: Partial<Check> = {}): Check {
  return {
    id: code,
    code,
    group: 'clusters',
    verdict: 'problem',
    title: 'Title',
    evidence: 'seen',
    why: 'So',
    ...more,
  };
}

it('fills in what the check is about, moments by this computer’s clock', () => {
  const params = { name: 'my-shop', at: '2026-03-14T09:26:53Z' };
  const words = checkWords(chinese, check('create-interrupted', { params, fix: 'Remove my-shop' }));
  expect(words.title).toContain('my-shop');
  expect(words.evidence).toMatch(/2026 ?年/);
  expect(words.fix).toContain('my-shop');
  expect(words.advice).toBeUndefined();
});

it('gives way to English where a blank would stay', () => {
  expect(checkWords(chinese, check('never-finished')).title).toBe('Title');
});

it('leaves English and unknown checks as they are', () => {
  expect(checkWords(createTexts('en'), check('memory-enough', { params: { total: '8.0' } })).title).toBe('Title');
  expect(checkWords(chinese, check('brand-new')).title).toBe('Title');
});
