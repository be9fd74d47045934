// The user's language: chosen in the settings, else the browser's, among those that we have.
import i18next, { type i18n, type PostProcessorModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { dateIn } from '../../shared/model/sentence';
import type { Settings } from '../../shared/model/settings';
import en from '../text/en.json';
import { spaceChinese } from '../text/spacing';
import chinese from '../text/zh-CN.json';

export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

const remembered = 'boathouse-language';

/** The language for a setting; `system` asks the browser, which prefers `preferred` in that order. */
export function languageFor(setting: Settings['language'], preferred: readonly string[]): Language {
  if (setting !== 'system') return setting;
  for (const tag of preferred) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh-CN';
    if (tag.toLowerCase().startsWith('en')) return 'en';
  }
  return 'en';
}

/** Texts are ready at once: both languages are part of the program. */
export function createTexts(language: Language): i18n {
  const texts = i18next.createInstance();
  texts.use({
    type: 'postProcessor',
    name: 'spacing',
    process: (text: string) => (texts.language === 'zh-CN' && typeof text === 'string' ? spaceChinese(text) : text),
  } satisfies PostProcessorModule);
  void texts.use(initReactI18next).init({
    postProcess: ['spacing'],
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, 'zh-CN': { translation: chinese } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  const { formatter } = texts.services;
  formatter?.add('date', (moment, tag) => dateIn(tag ?? language, String(moment)));
  formatter?.add('list', (items, tag) =>
    Array.isArray(items) ? items.join(tag?.startsWith('zh') ? '、' : ', ') : items,
  );
  return texts;
}

/** The language of the last visit, so that the first paint before the settings arrive is not in another one. */
export function rememberedLanguage(): Language {
  const stored = window.localStorage.getItem(remembered);
  return languages.find((language) => language === stored) ?? languageFor('system', navigator.languages);
}

/** Switches texts and document to a language and remembers it for the next visit's first paint. */
export function showLanguage(texts: i18n, language: Language): void {
  window.localStorage.setItem(remembered, language);
  document.documentElement.lang = language;
  if (texts.language !== language) void texts.changeLanguage(language);
}
