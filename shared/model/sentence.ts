// A sentence for people as data: which one it is, what fills its blanks, and its English for terminals and logs.
import { z } from 'zod';

/** What fills the blanks of a text. A list is joined as the language does it; moments are RFC 3339. */
export const blanksSchema = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]));
export type Blanks = z.infer<typeof blanksSchema>;

export const sentenceSchema = z.object({
  /** Which words say it in other languages. */
  code: z.string(),
  params: blanksSchema.optional(),
  /** English, blanks filled. */
  text: z.string(),
});
export type Sentence = z.infer<typeof sentenceSchema>;

/** A sentence, or the words of somebody else, which have no code and are shown as they are. */
export const remarkSchema = sentenceSchema.partial({ code: true });
export type Remark = z.infer<typeof remarkSchema>;

/** Words one after another as English has it: `a, b or c`. */
export function listed(words: readonly string[], joint: 'and' | 'or'): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`;
}

/** The text with its blanks filled, in English: `{{name}}`, `{{names, list}}`, `{{names, or}}`, `{{at, date}}`. A blank that nothing fills stays. */
export function fillBlanks(text: string, blanks: Blanks): string {
  return text.replace(/\{\{(\w+)(?:, *(\w+))?\}\}/g, (blank, name: string, format: string | undefined) => {
    const value = blanks[name];
    if (value === undefined) return blank;
    if (Array.isArray(value)) return format === 'or' || format === 'and' ? listed(value, format) : value.join(', ');
    return format === 'date' ? dateIn('en', String(value)) : String(value);
  });
}

/** A moment (RFC 3339) as people of a language (BCP 47) write it, by this computer's clock. */
export function dateIn(language: string, moment: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return moment;
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}
