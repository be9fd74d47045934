// Words for people in a template: one text for everyone, or one per language.
import { z } from 'zod';

export const wordsSchema = z
  .union([z.string().min(1), z.record(z.string(), z.string().min(1))])
  .describe('Text for everyone, or one text per language (BCP 47 tag, such as en or zh-CN).');
export type Words = z.infer<typeof wordsSchema>;

/** The text for a language: exact tag, then its base language, then English, then whatever there is. */
export function wordsIn(words: Words, language: string): string {
  if (typeof words === 'string') return words;
  return words[language] ?? words[language.split('-')[0] ?? ''] ?? words.en ?? Object.values(words)[0] ?? '';
}
