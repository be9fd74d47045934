// The calls about templates.
import { duplicateTemplate } from '../templates/duplicate';
import { exportKnown, importFrom, validateTemplate } from '../templates/exchange';
import { findTemplate, listTemplates } from '../templates/list';
import { deleteTemplate, saveTemplate } from '../templates/save';
import type { Wiring } from './wiring';

export function templatesCalls({ api: { templates: api }, explained, lasting, parts }: Wiring) {
  const { options } = parts;

  return api.router({
    list: api.list.handler(() => listTemplates(options)),
    watch: api.watch.handler(({ signal }) => explained(parts.watchTemplates(lasting(signal)))),
    get: api.get.handler(({ input }) => findTemplate(options, input.id)),
    validate: api.validate.handler(({ input }) => validateTemplate(input.yaml, input.parameters)),
    import: api.import.handler(({ input, signal }) => importFrom(input, lasting(signal))),
    save: api.save.handler(({ input }) => saveTemplate(options, input)),
    delete: api.delete.handler(({ input }) => deleteTemplate(options, input.id)),
    duplicate: api.duplicate.handler(({ input }) => duplicateTemplate(options, input.id, input.as)),
    export: api.export.handler(({ input }) => exportKnown(options, input)),
  });
}
