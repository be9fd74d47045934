// Sentences of the core in the user's language: the translation of their code where there is one, else their own English.
import type { i18n } from 'i18next';
import type { Blanks, Remark } from '../../shared/model/sentence';

/** The text `key` with its blanks filled; `english` where the language has no such text, or lacks what fills it. */
export function wordsOf(texts: i18n, key: string, params: Blanks | undefined, english: string): string {
  if (!texts.exists(key)) return english;
  const t = texts.t as (key: string, params: Record<string, unknown>) => string;
  const raw = t(key, { skipInterpolation: true });
  const filled = [...raw.matchAll(/\{\{\s*(\w+)/g)].every(([, blank = '']) => params?.[blank] !== undefined);
  return filled ? t(key, { ...params }) : english;
}

/** A remark of a dev loop, or one that says in its code whose words it has (`why.crash`); words of somebody else as they are. */
export function remarkWords(texts: i18n, { code, params, text }: Remark): string {
  if (code === undefined) return text;
  return wordsOf(texts, code.includes('.') ? code : `loop.${code}`, params, text);
}
