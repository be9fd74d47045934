// @vitest-environment jsdom
// Durations and sizes read well in both languages.
import { renderHook } from '@testing-library/react';
import { I18nextProvider } from 'react-i18next';
import { expect, it } from 'vitest';
import { createTexts, type Language } from '../app/language';
import { useFormat } from './words';

function formatIn(language: Language) {
  const texts = createTexts(language);
  const wrapper = ({ children }: { children: React.ReactNode }) => (
    <I18nextProvider i18n={texts}>{children}</I18nextProvider>
  );
  return renderHook(() => useFormat(), { wrapper }).result.current;
}

it.each([
  [0.04, '0.0 s', '0.0 秒'],
  [3.21, '3.2 s', '3.2 秒'],
  [9.96, '10 s', '10 秒'],
  [59.7, '1 min', '1 分钟'],
  [64.2, '1 min 4 s', '1 分 4 秒'],
])('%d seconds', (seconds, english, chinese) => {
  expect(formatIn('en').duration(seconds)).toBe(english);
  expect(formatIn('zh-CN').duration(seconds)).toBe(chinese);
});

it('counts on like a stop watch', () => {
  expect([0, 9.9, 61, 3600].map(formatIn('en').clock)).toEqual(['0:00', '0:09', '1:01', '60:00']);
});

it('tells memory as it is sold, and lists in the language', () => {
  expect(formatIn('en').memory(16 * 2 ** 30)).toBe('16.0 GB');
  expect(formatIn('en').list(['a', 'b', 'c'])).toBe('a, b, and c');
  expect(formatIn('zh-CN').list(['DNS', '存储'])).toBe('DNS 和存储');
});
