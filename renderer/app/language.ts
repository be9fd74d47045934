// The user's language: chosen in the settings, else the browser's, among those that we have.
import i18next, { type i18n, type PostProcessorModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { dateIn, listed } from '../../shared/model/sentence';
import type { Settings } from '../../shared/model/settings';
import { fetchTwice } from '../parts/fetch-twice';
import en from '../text/en.json';
import { spaceChinese } from '../text/spacing';

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

type Bundle = Parameters<i18n['addResourceBundle']>[2];

/** Texts by language, as far as they are here: English comes with the program, the others when they are wanted. */
const bundles = new Map<Language, Bundle>([['en', en]]);

/** Fetches a language. Without it (the host has gone) English goes on. */
export async function loadLanguage(language: Language): Promise<void> {
  if (bundles.has(language)) return;
  if (language === 'zh-CN') bundles.set(language, (await fetchTwice(() => import('../text/zh-CN.json'))).default);
}

/** Texts in a language that has been loaded; else in English. */
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
    resources: Object.fromEntries([...bundles].map(([name, translation]) => [name, { translation }])),
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  const { formatter } = texts.services;
  formatter?.add('date', (moment, tag) => dateIn(tag ?? language, String(moment)));
  for (const joint of ['or', 'and'] as const) {
    formatter?.add(joint, (items, tag) => {
      if (!Array.isArray(items)) return String(items);
      return tag?.startsWith('zh') ? inChinese(items, joint) : listed(items, joint);
    });
  }
  formatter?.add('list', (items, tag) =>
    Array.isArray(items) ? items.join(tag?.startsWith('zh') ? '、' : ', ') : items,
  );
  return texts;
}

function inChinese(items: readonly string[], joint: 'and' | 'or'): string {
  const word = joint === 'or' ? '或' : '和';
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join('、')}${word}${items.at(-1)}`;
}

/** The language of the last visit, so that the first paint before the settings arrive is not in another one. */
export function rememberedLanguage(): Language {
  const stored = window.localStorage.getItem(remembered);
  return languages.find((language) => language === stored) ?? languageFor('system', navigator.languages);
}

/** Switches texts and document to a language and remembers it for the next visit's first paint. */
export async function showLanguage(texts: i18n, language: Language): Promise<void> {
  window.localStorage.setItem(remembered, language);
  if (!bundles.has(language)) await loadLanguage(language).catch(() => {});
  const bundle = bundles.get(language);
  // Another one may have been wanted meanwhile.
  if (!bundle || window.localStorage.getItem(remembered) !== language) return;
  if (!texts.hasResourceBundle(language, 'translation')) texts.addResourceBundle(language, 'translation', bundle);
  document.documentElement.lang = language;
  if (texts.language !== language) await texts.changeLanguage(language);
}
