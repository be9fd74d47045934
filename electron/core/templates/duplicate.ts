// Copies a template under another id, comments and all.

import { AppError } from '../../../shared/model/errors';
import type { TemplateEntry } from '../../../shared/model/template/entry';
import { readDocument } from './document';
import { findTemplate, type TemplateOptions } from './list';
import { nodeAt } from './places';
import { saveTemplate } from './save';

/** Throws `template-unknown`, `name-taken`, `template-unwritable`. */
export async function duplicateTemplate(options: TemplateOptions, id: string, as: string): Promise<TemplateEntry> {
  const { yaml } = await findTemplate(options, id);
  return saveTemplate(options, { yaml: withId(yaml, as) });
}

/** The text with another `metadata.id`; all else stays as it was written. */
export function withId(yaml: string, id: string): string {
  const read = readDocument(yaml);
  const range = 'problems' in read ? undefined : nodeAt(read.document, ['metadata', 'id'])?.range;
  if (!range) throw new AppError('internal', 'a template without an id was read');
  return yaml.slice(0, range[0]) + id + yaml.slice(range[1]);
}
