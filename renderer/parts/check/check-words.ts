// A check's words in the user's language.
import type { i18n } from 'i18next';
import type { Check } from '../../../shared/model/diagnostics';
import { wordsOf } from '../sentence-words';

export interface CheckWords {
  title: string;
  evidence: string;
  why: string;
  fix: string | undefined;
  advice: string | undefined;
}

/** `checks.<code>.<part>`; English comes with the check itself. */
export function checkWords(texts: i18n, check: Check): CheckWords {
  const word = (part: keyof CheckWords, english: string) =>
    wordsOf(texts, `checks.${check.code}.${part}`, check.params, english);
  return {
    title: word('title', check.title),
    evidence: word('evidence', check.evidence),
    why: word('why', check.why),
    fix: check.fix && word('fix', check.fix),
    advice: check.advice && word('advice', check.advice),
  };
}
