// What the core says in English by code, the other languages say too: every sentence, every part of it, with the same blanks.
import { describe, expect, it } from 'vitest';
import { applyWords } from '../../electron/core/clusters/apply/words';
import { warningWords } from '../../electron/core/clusters/warnings';
import { readerWords } from '../../electron/core/devloop/project/reader-words';
import { unsupportedWords } from '../../electron/core/devloop/project/unsupported';
import { loopWords } from '../../electron/core/devloop/words';
import { checkWords } from '../../electron/core/diagnostics/doctor';
import { kubeconfigWords } from '../../electron/core/kubeconfig/words';
import { whyWords } from '../../electron/core/objects/why';
import { conversionWords } from '../../electron/core/templates/conversion';
import { schemaWords } from '../../electron/core/templates/problem-words';
import chinese from './zh-CN.json';

type Words = { [key: string]: string | Words };

/** `code.part: blanks` of every text. */
function outline(words: Words, prefix = ''): string[] {
  return Object.entries(words)
    .flatMap(([key, value]) => {
      if (typeof value !== 'string') return outline(value, `${prefix}${key}.`);
      const blanks = new Set([...value.matchAll(/\{\{(.*?)\}\}/g)].map((match) => match[1]));
      return [`${prefix}${key}: ${[...blanks].sort().join('; ')}`];
    })
    .sort();
}

describe('Chinese has', () => {
  it.each<[string, object, Words]>([
    ['checks', checkWords, chinese.checks],
    ['differences', applyWords, chinese.differences],
    ['warnings', { ...warningWords, ...conversionWords }, chinese.warnings],
    ['words on the kubeconfig', kubeconfigWords, chinese.said],
    ['reasons why a field is not supported', unsupportedWords, chinese.unsupported],
    ['words on what is wrong in a file', { ...schemaWords, ...readerWords }, chinese.problems],
    ['sentences of dev loops', loopWords, chinese.loop],
    ['reasons why a pod does not run', whyWords, chinese.why],
  ])('all %s of the core, and no others', (_name, core, translated) => {
    expect(outline(translated)).toEqual(outline(core as Words));
  });
});
