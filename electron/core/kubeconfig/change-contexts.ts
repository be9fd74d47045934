// What is done to contexts that are there: made current, given a namespace, renamed, removed. Only plans; nothing is written here.
import { AppError } from '../../../shared/model/errors';
import type { KubeconfigChange } from '../../../shared/model/kubeconfig';
import { isEditable, placesOf, setCurrent, withCurrent, withField, withoutItem } from './edit';
import { fieldsOf, type ParsedKubeconfig, parseKubeconfig, type Section } from './parse';
import type { FileEdit, PlannedChange } from './planned-change';
import { findContext } from './standalone';
import { say } from './words';

type Wish<Kind> = Extract<KubeconfigChange, { kind: Kind }>;

/** client-go: a context's fields are changed in its file, the current context in the first file that exists. Throws `not-found`. */
export function planUse(
  files: readonly ParsedKubeconfig[],
  { context, namespace, stay }: Wish<'use'>,
  destination: string,
): PlannedChange {
  const { file } = findContext(files, context);
  const edits: FileEdit[] = [];
  if (namespace !== undefined) edits.push({ file, edit: (text) => setNamespace(text, file, context, namespace) });
  if (!stay) edits.push({ file: destination, edit: (text) => setCurrent(text, context, destination) });
  const params = { name: context, ...(namespace !== undefined && { namespace }) };
  const code = stay ? 'did-namespace' : namespace === undefined ? 'did-use' : 'did-use-namespace';
  return { edits, said: say(code, params) };
}

function setNamespace(text: string, file: string, context: string, namespace: string): string {
  const config = parseKubeconfig(text, file);
  if (!isEditable(config)) return text;
  const [place] = placesOf(config, 'contexts', context);
  return place === undefined ? text : withField(config, 'contexts', place, ['context', 'namespace'], namespace).text;
}

/** Throws `not-found`, and `name-taken` when any file has a context of the new name. */
export function planRename(files: readonly ParsedKubeconfig[], { context, to }: Wish<'rename'>): PlannedChange {
  const found = findContext(files, context);
  if (context !== to && files.some(({ model }) => model.contexts.some(({ name }) => name === to))) {
    throw new AppError('name-taken', `The kubeconfig has a context ${to} already`, { params: { name: to } });
  }
  const edits = files.map(
    ({ file }): FileEdit => ({
      file,
      edit(text) {
        const before = parseKubeconfig(text, file);
        if (!isEditable(before)) return text;
        let config = before;
        const [place] = file === found.file ? placesOf(config, 'contexts', context) : [];
        if (place !== undefined) config = withField(config, 'contexts', place, ['name'], to);
        return config.model.currentContext === context ? withCurrent(config, to).text : config.text;
      },
    }),
  );
  return { edits, said: say('did-rename', { name: context, to }) };
}

/**
 * Contexts go from every file that has them, with the clusters and users that no other context of any file needs.
 * Throws `not-found`.
 */
export function planRemove(files: readonly ParsedKubeconfig[], { contexts }: Wish<'remove'>): PlannedChange {
  for (const name of contexts) findContext(files, name);
  const all = files.flatMap(({ model }) => model.contexts);
  const goes = (name: unknown) => contexts.includes(String(name));
  const orphans = (field: 'cluster' | 'user') => {
    const namesIn = (list: typeof all) => new Set(list.map(({ context }) => fieldsOf(context)[field]));
    const needed = namesIn(all.filter(({ name }) => !goes(name)));
    return [...namesIn(all.filter(({ name }) => goes(name)))].filter((name) => !needed.has(name)).map(String);
  };
  const going: Record<Section, readonly string[]> = {
    contexts,
    clusters: orphans('cluster'),
    users: orphans('user'),
  };
  const currents = new Set(files.map(({ model }) => model.currentContext).filter(goes));
  return {
    edits: files.map(({ file }) => ({ file, edit: (text) => without(text, file, going) })),
    said: say('did-remove', { names: [...contexts] }),
    warnings: [...currents].map((name) => say('was-current', { name })),
  };
}

function without(text: string, file: string, going: Record<Section, readonly string[]>): string {
  const before = parseKubeconfig(text, file);
  if (!isEditable(before)) return text;
  let config = before;
  const clear = going.contexts.includes(config.model.currentContext);
  for (const [section, names] of Object.entries(going) as [Section, readonly string[]][]) {
    for (const name of names) {
      for (const place of placesOf(config, section, name).reverse()) config = withoutItem(config, section, place);
    }
  }
  return clear ? withCurrent(config, '').text : config.text;
}
