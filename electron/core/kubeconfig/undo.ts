// Takes a change of a kubeconfig back: to the byte where nothing has happened since, else entry by entry, and never over a newer change.
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../shared/model/errors';
import { isEditable, itemsOf, placesOf, withContent, withCurrent, withItem, withoutItem } from './edit';
import type { ChangeRecord } from './history';
import { fieldsOf, parseKubeconfig, type Section, sections } from './parse';

/**
 * The text without what `record` did. Entries that others have added or changed since stay.
 * Throws `not-possible` when an entry that it changed was changed again since, and `kubeconfig-invalid`.
 */
export function undoIn(text: string, { file, before, after }: ChangeRecord): string {
  if (text === after) return before;
  if (text === before) return text;
  const [old, done, now] = [before, after, text].map((each) => parseKubeconfig(each, file));
  if (!old || !done || !now) return text;
  let config = withContent(now);
  for (const section of sections) {
    const names = new Set([...old.model[section], ...done.model[section]].map(({ name }) => String(name)));
    for (const name of names) {
      const [was, became] = [itemOf(old, section, name), itemOf(done, section, name)];
      if (isDeepStrictEqual(was, became)) continue;
      const is = itemOf(config, section, name);
      if (isDeepStrictEqual(is, was)) continue;
      if (!isDeepStrictEqual(is, became)) throw changedSince(file, name);
      const [place = -1] = placesOf(config, section, name);
      config = was ? withItem(config, section, place, was) : withoutItem(config, section, place);
    }
  }
  const current = config.model.currentContext;
  const switched = old.model.currentContext !== done.model.currentContext && current === done.model.currentContext;
  return (switched ? withCurrent(config, old.model.currentContext) : config).text;
}

function itemOf(config: ReturnType<typeof parseKubeconfig>, section: Section, name: string) {
  if (!isEditable(config)) return undefined;
  const item = itemsOf(config, section).find((each) => String(fieldsOf(each).name) === name);
  return item === undefined ? undefined : fieldsOf(item);
}

function changedSince(file: string, name: string): AppError {
  return new AppError('not-possible', `${name} in ${file} was changed again since, and that would be lost`, {
    params: { name, file },
    hints: [{ text: 'Take back the newer change first.' }],
  });
}
