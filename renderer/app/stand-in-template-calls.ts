// The stand-in's calls about templates: texts are looked at, kept, copied and removed in memory, and the topic tells of it.
import { ORPCError } from '@orpc/client';
import type { Client } from '../../shared/contract';
import { AppError, type ErrorCode } from '../../shared/model/errors';
import type { TemplateEntry } from '../../shared/model/template/entry';
import { isUsable } from '../stores/app-context';
import { entryOf, readText } from './stand-in-templates';

interface Topic {
  items: Map<string, TemplateEntry>;
  put(key: string, entry: TemplateEntry): void;
  drop(key: string): void;
}

/**
 * @param enter notes a call with its input, and fails if it was told to
 * @param texts what https addresses give
 */
export function templateCalls(
  topic: Topic,
  enter: (call: string, input?: unknown) => void,
  texts: Readonly<Record<string, string>>,
): Omit<Client['templates'], 'watch'> {
  const known = (id: string): TemplateEntry =>
    topic.items.get(id) ?? refuse('template-unknown', `There is no template ${id}`);
  function summaryOf(id: string) {
    const entry = known(id);
    return isUsable(entry) ? entry : refuse('template-invalid', `${id} has mistakes`);
  }
  function keep(yaml: string, replacing?: string): TemplateEntry {
    const entry = entryOf(yaml, 'file');
    if (!entry.template) return refuse('template-invalid', entry.problems[0]?.message ?? '');
    if (topic.items.has(entry.id) && entry.id !== replacing)
      return refuse('name-taken', `There is a template ${entry.id} already`);
    if (replacing && replacing !== entry.id) topic.drop(replacing);
    topic.put(entry.id, entry);
    return entry;
  }
  return {
    list: async () => [...topic.items.values()].filter(isUsable),
    get: async ({ id }) => summaryOf(id),
    validate: async (input) => {
      enter('templates.validate', input);
      return { ...readText(input.yaml), parameters: [], unsupported: [] };
    },
    import: async (input) => {
      enter('templates.import', input);
      const from = 'text' in input ? input.from : 'url' in input ? input.url : input.file;
      const text = 'text' in input ? input.text : texts[from];
      if (text === undefined) return refuse('download-failed', `${from} could not be downloaded`);
      const format = text.includes('kind.x-k8s.io/') ? 'kind' : 'template';
      const yaml =
        format === 'kind' ? ([...topic.items.values()][0]?.yaml ?? '').replace('id: single', 'id: shop') : text;
      const { template, problems } = readText(yaml);
      const lost = {
        field: 'name',
        code: 'kind-name',
        params: { name: 'Shop' },
        text: 'Boathouse does not give the name Shop.',
      };
      const notCarried = format === 'kind' ? [lost] : [];
      return { format, ...(template && { template, yaml }), problems, notCarried, text, from };
    },
    save: async (input) => {
      enter('templates.save', input);
      const before = input.replacing && topic.items.get(input.replacing.id);
      if (input.replacing && before?.yaml !== input.replacing.yaml)
        return refuse('template-changed', `The template ${input.replacing.id} was changed by someone else`);
      return keep(input.yaml, input.replacing?.id);
    },
    delete: async (input) => {
      enter('templates.delete', input);
      const { yaml } = known(input.id);
      topic.drop(input.id);
      return { yaml };
    },
    duplicate: async (input) => {
      enter('templates.duplicate', input);
      return keep(known(input.id).yaml.replace(`id: ${input.id}`, `id: ${input.as}`));
    },
    export: async (input) => {
      enter('templates.export', input);
      const lost = { field: 'spec.parameters', code: `${input.as}-values`, text: `${input.as} has no parameters.` };
      return {
        yaml: `# ${input.id} for ${input.as}\n`,
        notCarried: summaryOf(input.id).template.spec.parameters.length > 0 ? [lost] : [],
      };
    },
  };
}

function refuse(code: ErrorCode, message: string): never {
  throw new ORPCError('APP_ERROR', { status: 500, data: new AppError(code, message).toData() });
}
