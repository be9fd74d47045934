// Keeps a template as a file of the user's: a new one, or in the place of one that is still as the user knows it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/model/errors';
import type { TemplateEntry } from '../../../shared/model/template/entry';
import { checkTemplate } from './check';
import { ownFolder, readTemplates, type TemplateOptions, unknownTemplate } from './list';
import { createFile, removeFile, replaceFile } from './own-file';
import { invalidTemplate } from './read';

export interface SaveRequest {
  yaml: string;
  replacing?: { id: string; yaml: string } | undefined;
}

/** Throws `template-invalid`, `name-taken`, `template-changed`, `template-unwritable`. */
export async function saveTemplate(options: TemplateOptions, { yaml, replacing }: SaveRequest): Promise<TemplateEntry> {
  const { template, problems } = checkTemplate(yaml);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (!template) throw invalidTemplate(replacing?.id ?? 'text', errors);
  const { id } = template.metadata;
  const known = await readTemplates(options);
  const taken = known.find((entry) => entry.id === id);
  if (taken && taken.id !== replacing?.id) throw idTaken(taken);
  const before = replacing && known.find((entry) => entry.id === replacing.id);
  if (before?.origin === 'built-in') throw idTaken(before);
  if (replacing) await refuseChanged(before, replacing);
  // A file without a template that can be used has no id yet: it keeps its name when it gets one.
  if (before?.file && (before.id === id || !before.template)) {
    await replaceFile(before.file, yaml);
  } else {
    await createFile(join(ownFolder(options), `${id}.yaml`), yaml);
    if (before?.file) await removeFile(before.file);
  }
  const saved = (await readTemplates(options)).find((entry) => entry.id === id);
  if (!saved)
    throw new AppError('template-changed', `The template ${id} was removed as it was saved`, { params: { id } });
  return saved;
}

/** The file may have been changed by an editor, or another window, since the user read it. */
async function refuseChanged(
  before: TemplateEntry | undefined,
  replacing: { id: string; yaml: string },
): Promise<void> {
  const now = before?.file && (await readFile(before.file, 'utf8').catch(() => undefined));
  if (now === replacing.yaml) return;
  const what = now === undefined ? 'was removed' : 'was changed by someone else';
  throw new AppError('template-changed', `The template ${replacing.id} ${what} since you began to edit it`, {
    params: { id: replacing.id },
    hints: [{ text: 'Look at it as it is now, or save yours under another id.' }],
  });
}

function idTaken({ id, origin, file }: TemplateEntry): AppError {
  const where = origin === 'built-in' ? 'comes with Boathouse' : `is in ${file}`;
  return new AppError('name-taken', `There is a template ${id} already: it ${where}`, {
    params: { name: id },
    hints: [{ text: 'Give yours another id (metadata.id).' }],
  });
}

/** Removes one of the user's own and returns its text. Throws `template-unknown`, `bad-input`, `template-unwritable`. */
export async function deleteTemplate(options: TemplateOptions, id: string): Promise<{ yaml: string }> {
  const known = await readTemplates(options);
  const found = known.find((entry) => entry.id === id);
  if (!found) throw unknownTemplate(id, ownIds(known));
  if (!found.file) {
    throw new AppError('bad-input', `The template ${id} comes with Boathouse and stays`, {
      params: { id },
      hints: [{ text: 'Your own templates can be deleted.' }],
    });
  }
  await removeFile(found.file);
  return { yaml: found.yaml };
}

function ownIds(entries: readonly TemplateEntry[]): string[] {
  return entries.flatMap(({ id, origin }) => (origin === 'file' ? [id] : []));
}
