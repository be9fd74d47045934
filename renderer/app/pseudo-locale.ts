// Texts as another language might have them: two fifths longer, with accents, so that what has no room for them is seen. Developing only.
import type { i18n } from 'i18next';

type Texts = { [key: string]: string | Texts };

const accents: Record<string, string> = {
  a: 'á',
  e: 'ê',
  i: 'ï',
  o: 'ö',
  u: 'ü',
  A: 'Å',
  E: 'É',
  O: 'Ø',
  n: 'ñ',
  c: 'ç',
};

/** `Nodes` becomes `[Ñödês~~]`; blanks of the text stay as they are. */
export function pseudo(text: string): string {
  const parts = text.split(/(\{\{.*?\}\}|<[^>]*>)/);
  const words = parts.map((part, index) =>
    index % 2 === 1 ? part : part.replace(/[aeiouAEOnc]/g, (one) => accents[one] ?? one),
  );
  const more = Math.ceil(text.replace(/\{\{.*?\}\}/g, '').length * 0.4);
  return `[${words.join('')}${' ~~~~'.repeat(Math.ceil(more / 5)).slice(0, more)}]`;
}

function pseudoAll(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [key, typeof value === 'string' ? pseudo(value) : pseudoAll(value)]),
  );
}

/** Puts them in the place of the English texts. */
export function showPseudoLocale(texts: i18n): void {
  const english = texts.getResourceBundle('en', 'translation') as Texts;
  const kept = { listSeparator: english.listSeparator ?? '', colon: english.colon ?? '' };
  texts.addResourceBundle('en', 'translation', { ...pseudoAll(english), ...kept }, true, true);
}
