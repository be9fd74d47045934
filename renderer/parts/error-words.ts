// The words for an error in the user's language, and the plain English that stands in where they lack something.
import type { i18n } from 'i18next';
import type { ErrorData } from '../../shared/model/errors';

export interface ErrorWords {
  title: string;
  text: string;
  /** The error's own English, where `text` says it in another language and perhaps with less detail. */
  original?: string;
}

/**
 * `errors.<code>`, filled with the error's params. An error's `message` is English already, so English has texts of its own
 * only where the message says too little; a text whose params are missing gives way to the message. What is not possible has a text
 * for each reason (`notPossible.<why>`).
 */
export function errorWords(texts: i18n, error: ErrorData): ErrorWords {
  const t = texts.t as (key: string, params?: Record<string, unknown>) => string;
  const params = error.params ?? {};
  const own = `notPossible.${params.why}`;
  const key = error.code === 'not-possible' && texts.exists(own) ? own : `errors.${error.code}.text`;
  const raw = texts.exists(key) ? t(key, { skipInterpolation: true }) : '{{}}';
  const filled = [...raw.matchAll(/\{\{(.*?)\}\}/g)].every((match) => (match[1] ?? '').trim() in params);
  const title = t(`errors.${error.code}.title`);
  if (!filled) return { title, text: error.message };
  const english = texts.language.startsWith('en');
  return { title, text: t(key, params), ...(!english && { original: error.message }) };
}
