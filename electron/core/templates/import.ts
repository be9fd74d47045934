// Makes a template of any text that describes a cluster: a template, a configuration of kind or of k3d.
import { templateApiVersion } from '../../../shared/model/template';
import type { Imported } from '../../../shared/model/template/conversion';
import { checkTemplate } from './check';
import { readConfig } from './config';
import type { Converted } from './conversion';
import { located, type Problem, problemAt, readDocument, type YamlText } from './document';
import { readK3d } from './k3d/read';
import { fromKind } from './kind/import';
import { kindSchema } from './kind/schema';
import { scalarAt } from './places';
import { nameOf } from './problems';
import { type RawTemplate, writeTemplate } from './write';

/**
 * The template that a text amounts to; never throws.
 *
 * @param from what the text is called, such as its file's name: a template without a name is called after it
 */
export function importTemplate(text: string, from: string): Imported {
  const read = readDocument(text, { merge: true });
  if ('problems' in read) return { format: 'template', problems: read.problems, notCarried: [] };
  const apiVersion = String(scalarAt(read.document, ['apiVersion']));
  if (apiVersion.startsWith('kind.x-k8s.io/')) return finished('kind', read, readKind(read), from);
  if (apiVersion.startsWith('k3d.io/')) return finished('k3d', read, readK3d(read), from);
  const { template, problems } = checkTemplate(text);
  return { format: 'template', ...(template && { template, yaml: text }), problems, notCarried: [] };
}

function readKind(read: YamlText): Converted | { problems: Imported['problems'] } {
  const found = readConfig(read, kindSchema, { typed: false });
  return 'problems' in found ? found : fromKind(found.config);
}

/** The template of a converted configuration, checked as any other; what is wrong is told where it comes from. */
function finished(
  format: 'kind' | 'k3d',
  read: YamlText,
  converted: Converted | { problems: Imported['problems'] },
  from: string,
): Imported {
  if ('problems' in converted) return { format, problems: converted.problems, notCarried: [] };
  const { spec, notCarried, sourceOf, variables = [], places = [] } = converted;
  const id = idFrom(converted.name, from);
  const metadata = { id, title: id, description: `From ${basename(from)}, a configuration for ${format}` };
  const raw: RawTemplate = { apiVersion: templateApiVersion, kind: 'ClusterTemplate', metadata, spec };
  const yaml = writeTemplate(raw, { kept: new Set(variables), places });
  const { template, problems } = checkTemplate(yaml);
  if (template) return { format, template, yaml, problems, notCarried };
  const moved = problems.map(({ message, path }): Problem => {
    const source = sourceOf(path.slice(1));
    return problemAt(read.document, source, message.replace(nameOf(path), nameOf(source)));
  });
  return { format, problems: located(read, moved), notCarried };
}

/** An id from the cluster's name, else from what the text is called: lower-case letters, digits and dashes. */
function idFrom(name: string | undefined, from: string): string {
  const candidates = [name ?? '', basename(from).replace(/\.(boathouse|ya?ml|json)$/i, '')].map((text) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 48)
      .replace(/^-+|-+$/g, ''),
  );
  return candidates.find(Boolean) ?? 'imported';
}

/** The last part of a path of any platform. */
function basename(path: string): string {
  return path.replace(/^.*[/\\]/, '');
}
