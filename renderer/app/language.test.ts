// The user's language among ours.
import { expect, it } from 'vitest';
import { languageFor } from './language';

it.each([
  ['system', ['zh-TW', 'en'], 'zh-CN'],
  ['system', ['de', 'zh-Hans-CN'], 'zh-CN'],
  ['system', ['en-GB', 'zh'], 'en'],
  ['system', ['fr'], 'en'],
  ['system', [], 'en'],
  ['zh-CN', ['en'], 'zh-CN'],
  ['en', ['zh'], 'en'],
] as const)('for the setting %s in a browser that prefers %j: %s', (setting, preferred, language) => {
  expect(languageFor(setting, preferred)).toBe(language);
});
