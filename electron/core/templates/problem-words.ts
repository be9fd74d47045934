// What a schema finds wrong, as sentences with a code: English here, other languages by the code.
import { type Blanks, fillBlanks } from '../../../shared/model/sentence';

export const schemaWords = {
  'text-empty': 'the text is empty',
  missing: '{{name}} is missing',
  'key-not-right': '{{name}} has a name that is not right: {{why}}',
  'not-beside': '{{name}} cannot stand beside {{others, and}}',
  unknown: '{{name}} is not known here',
  'unknown-meant': '{{name}} is not known here, did you mean {{meant}}?',
  'one-of': '{{name}} must be {{values, or}}',
  'one-of-meant': '{{name}} must be {{values, or}}, did you mean {{meant}}?',
  'have-one-of': '{{name}} must have {{keys, or}}',
  'not-right': '{{name}} is not right: {{why}}',
  kinds: '{{name}} must be {{kinds, or}}',
  'kind-string': '{{name}} must be text',
  'kind-number': '{{name}} must be a number',
  'kind-int': '{{name}} must be a whole number',
  'kind-boolean': '{{name}} must be true or false',
  'kind-array': '{{name}} must be a list',
  'kind-object': '{{name}} must be a mapping',
  'not-empty': '{{name}} must not be empty',
  'more-than': '{{name}} must be more than {{limit}}',
  'characters-least': '{{name}} must have at least {{limit}} characters',
  'characters-most': '{{name}} must have at most {{limit}} characters',
  'entry-least': '{{name}} must have at least 1 entry',
  'entry-most': '{{name}} must have at most 1 entry',
  'entries-least': '{{name}} must have at least {{limit}} entries',
  'entries-most': '{{name}} must have at most {{limit}} entries',
  least: '{{name}} must be at least {{limit}}',
  most: '{{name}} must be at most {{limit}}',
};

export interface Said {
  message: string;
  code: string;
  params?: Blanks;
}

/** A sentence of a catalogue with its blanks filled. */
export function sayFrom<Code extends string>(words: Readonly<Record<Code, string>>, code: Code, params?: Blanks): Said {
  return { message: fillBlanks(words[code], params ?? {}), code, ...(params && { params }) };
}
