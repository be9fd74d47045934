// The templates there are: those that come with the product, and the user's own files.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/model/errors';
import { nearest } from '../../../shared/model/nearest';
import { nodeCount, type TemplateSummary } from '../../../shared/model/template';
import type { TemplateEntry } from '../../../shared/model/template/entry';
import { specSchema } from '../../../shared/model/template/spec';
import { unsupportedIn } from '../clusters/unsupported';
import type { CoreOptions } from '../options';
import { checkTemplate } from './check';
import { withoutDefaults } from './defaults';
import { located, longestText, problemAt, readDocument } from './document';

export type TemplateOptions = Pick<CoreOptions, 'resources' | 'directories'>;

/** Where the user's own templates lie: any `.yaml` or `.yml` file directly in it. */
export function ownFolder({ directories }: Pick<TemplateOptions, 'directories'>): string {
  return join(directories.config, 'templates');
}

/** Every template, also those that cannot be used: built in first, the smallest and plainest cluster first; then the user's by name. */
export async function readTemplates(options: TemplateOptions): Promise<TemplateEntry[]> {
  const [builtIn, own] = await Promise.all([
    readFolder(join(options.resources, 'templates'), 'built-in'),
    // That the user's folder cannot be read takes nothing away from what comes with the product.
    readFolder(ownFolder(options), 'file').catch(() => []),
  ]);
  builtIn.sort(
    (one, other) =>
      sizeOf(one) - sizeOf(other) || specialtiesOf(one) - specialtiesOf(other) || one.id.localeCompare(other.id, 'en'),
  );
  const taken = new Set<string>();
  return [...builtIn, ...own].map((entry) => {
    if (taken.has(entry.id)) return withoutId(entry);
    taken.add(entry.id);
    return entry;
  });
}

/** Those that can be used. */
export async function listTemplates(options: TemplateOptions): Promise<TemplateSummary[]> {
  return (await readTemplates(options)).flatMap(({ template, origin, file, yaml }) =>
    template ? [{ template, origin, yaml, ...(file && { file }) }] : [],
  );
}

/** The template of an id. Throws `template-unknown`, naming those there are. */
export async function findTemplate(options: TemplateOptions, id: string): Promise<TemplateSummary> {
  const known = await listTemplates(options);
  const found = known.find(({ template }) => template.metadata.id === id);
  if (found) return found;
  throw unknownTemplate(
    id,
    known.map(({ template }) => template.metadata.id),
  );
}

export function unknownTemplate(id: string, ids: readonly string[]): AppError {
  const meant = nearest(id, ids);
  return new AppError('template-unknown', `There is no template ${id}`, {
    params: { id, known: ids.join(', '), ...(meant && { nearest: meant }) },
    hints: [
      ...(meant ? [{ text: `Did you mean ${meant}?` }] : []),
      { text: `The templates are: ${ids.join(', ')}. A template of your own is a YAML file.` },
    ],
  });
}

async function readFolder(folder: string, origin: TemplateEntry['origin']): Promise<TemplateEntry[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((name) => /^[^.].*\.ya?ml$/i.test(name)).sort();
  const entries = await Promise.all(files.map((name) => readEntry(join(folder, name), name, origin)));
  return entries.flatMap((entry) => entry ?? []);
}

/** Undefined for a file that is gone, is none, or may not be read. */
async function readEntry(
  file: string,
  name: string,
  origin: TemplateEntry['origin'],
): Promise<TemplateEntry | undefined> {
  const yaml = await textOf(file);
  if (yaml === undefined) return undefined;
  const { template, problems } = checkTemplate(yaml);
  return {
    id: template?.metadata.id ?? name,
    origin,
    ...(origin === 'file' && { file }),
    yaml,
    ...(template && { template }),
    problems,
    unsupported: template ? unsupportedIn(template) : [],
  };
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    // What is far too long is not read to be told so.
    return size > 4 * longestText ? ' '.repeat(longestText + 1) : await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** A file whose template has an id that is taken. */
function withoutId({ template, file = '', ...entry }: TemplateEntry): TemplateEntry {
  const read = readDocument(entry.yaml);
  const message = `another template has the id ${entry.id}`;
  const problems =
    'problems' in read ? read.problems : located(read, [problemAt(read.document, ['metadata', 'id'], message)]);
  return { ...entry, id: file.replace(/^.*[/\\]/, ''), file, problems };
}

function sizeOf({ template }: TemplateEntry): number {
  return template ? nodeCount(template.spec.nodes) : Number.POSITIVE_INFINITY;
}

/** How many parts of its spec say something of their own. */
function specialtiesOf({ template }: TemplateEntry): number {
  return template ? Object.keys(withoutDefaults(template.spec, specSchema) as object).length : 0;
}
