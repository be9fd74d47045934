// What dev loops say besides errors: sentences that the screen has in other languages, under `loop`.
import { type Blanks, fillBlanks, type Sentence } from '../../../shared/model/sentence';

export const loopWords = {
  'cluster-silent': 'The cluster does not answer: {{why}}',
  'cluster-gone':
    'There is no cluster of the context {{context}} any more. Stop the loop, or make the cluster again: it goes on then.',
} as const;

/** A sentence by its code. */
export function loopSays(code: keyof typeof loopWords, params: Blanks = {}): Sentence {
  return { code, params, text: fillBlanks(loopWords[code], params) };
}
