// What is done to a kubeconfig's text: a cluster's entries set or removed, the current context changed; all else stays to the byte.
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../shared/model/errors';
import { extensionsOf, isMarked, type KubeconfigEntry } from './entry';
import { entryNames, type KubeconfigSubject } from './names';
import { foreignSections, refuseForeign } from './ownership';
import {
  fieldsOf,
  invalidKubeconfig,
  type KubeconfigModel,
  type ParsedKubeconfig,
  parseKubeconfig,
  type Section,
  sections,
} from './parse';
import { dropItem, type Editable, lineBreakOf, putField, putItem, putValue } from './splice';

type Fields = Record<string, unknown>;

/** What a file without content begins with: kubectl's fields in kubectl's order. */
const emptyKubeconfig = [
  'apiVersion: v1',
  'clusters: []',
  'contexts: []',
  'current-context: ""',
  'kind: Config',
  'users: []',
];

/**
 * The text with a cluster's three entries, each in the place of the one of its name or at the end of its list.
 * Entries of the very same cluster (same certificate authority) keep what was added to them, such as a namespace.
 *
 * @param how.file for the words of errors
 * Throws `kubeconfig-invalid` and `kubeconfig-foreign-entry`.
 */
export function setEntry(text: string, entry: KubeconfigEntry, how: { switchContext: boolean; file: string }): string {
  const before = parseKubeconfig(text, how.file);
  refuseForeign(before.model, entry.subject, how.file);
  const wanted = keepAdditions(before.model, entry);
  let config = withContent(before);
  for (const section of sections) {
    const [first = -1, ...repeated] = placesOf(config, section, entry.names[section]);
    config = withItem(config, section, first, wanted[section]);
    for (const index of repeated.reverse()) config = withoutItem(config, section, index);
  }
  return (how.switchContext ? withCurrent(config, entry.names.contexts) : config).text;
}

/**
 * The text without the cluster's entries; a current context of its name is cleared, unless `keepCurrent` or a foreign context
 * of that name is what it means.
 * Throws `kubeconfig-invalid`.
 */
export function removeEntry(
  text: string,
  subject: KubeconfigSubject,
  how: { keepCurrent: boolean; file: string },
): string {
  const before = parseKubeconfig(text, how.file);
  const foreign = foreignSections(before.model, subject);
  const names = entryNames(subject);
  if (!isEditable(before)) return text;
  let config = before;
  for (const section of sections) {
    if (foreign.includes(section)) continue;
    for (const index of placesOf(config, section, names[section]).reverse())
      config = withoutItem(config, section, index);
  }
  const clear = before.model.currentContext === names.contexts && !how.keepCurrent && !foreign.includes('contexts');
  return (clear ? withCurrent(config, '') : config).text;
}

/** The text with another current context. Throws `kubeconfig-invalid`. */
export function setCurrent(text: string, context: string, file: string): string {
  const before = parseKubeconfig(text, file);
  return before.model.currentContext === context ? text : withCurrent(withContent(before), context).text;
}

function keepAdditions(model: KubeconfigModel, entry: KubeconfigEntry): Record<Section, Fields> {
  const { names, user } = entry;
  let { cluster, context } = entry;
  const present = fieldsOf(model.clusters.find((item) => item.name === names.clusters)?.cluster);
  const authority = present['certificate-authority-data'];
  if (authority !== undefined && authority === cluster['certificate-authority-data']) {
    const presentContext = fieldsOf(model.contexts.find((item) => item.name === names.contexts)?.context);
    cluster = { ...present, ...cluster, extensions: mergeExtensions(present, cluster) };
    context = {
      ...context,
      ...presentContext,
      cluster: names.clusters,
      extensions: mergeExtensions(presentContext, context),
    };
  }
  return {
    clusters: { cluster, name: names.clusters },
    contexts: { context, name: names.contexts },
    users: { name: names.users, user },
  };
}

function mergeExtensions(present: Fields, ours: Fields): Fields[] {
  return [
    ...extensionsOf(present).filter((extension) => !isMarked({ extensions: [extension] })),
    ...extensionsOf(ours),
  ];
}

/** Where in a list the entries of that name are. */
export function placesOf(config: Editable, section: Section, name: string): number[] {
  return config.model[section].flatMap((item, index) => (item.name === name ? [index] : []));
}

/** With `item` in the place of the `index`th, or at the end when that is -1. Throws `kubeconfig-invalid`. */
export function withItem(config: Editable, section: Section, index: number, item: Fields): Editable {
  const present = itemsOf(config, section);
  if (isDeepStrictEqual(present[index], item)) return config;
  const expected = index === -1 ? [...present, item] : present.with(index, item);
  return verified(putItem(config, section, index, item), { [section]: expected }, config);
}

/** One field of an item, and nothing else of how it is written; where that cannot be, the item as a whole. */
export function withField(
  config: Editable,
  section: Section,
  index: number,
  keys: readonly [string] | readonly [string, string],
  value: string,
): Editable {
  const item = fieldsOf(itemsOf(config, section)[index]);
  const [outer, inner] = keys;
  const wanted = { ...item, [outer]: inner === undefined ? value : { ...fieldsOf(item[outer]), [inner]: value } };
  if (isDeepStrictEqual(item, wanted)) return config;
  const text = putField(config, section, index, keys, value);
  const expected = itemsOf(config, section).with(index, wanted);
  try {
    if (text !== undefined) return verified(text, { [section]: expected }, config);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return withItem(config, section, index, wanted);
}

/** Without the `index`th. Throws `kubeconfig-invalid`. */
export function withoutItem(config: Editable, section: Section, index: number): Editable {
  const expected = itemsOf(config, section).toSpliced(index, 1);
  return verified(dropItem(config, section, index), { [section]: expected }, config);
}

/** With another current context; '' for none. Throws `kubeconfig-invalid`. */
export function withCurrent(config: Editable, context: string): Editable {
  if (config.model.currentContext === context) return config;
  return verified(putValue(config, 'current-context', context), { 'current-context': context }, config);
}

/** A list's items as they are, names and all. */
export function itemsOf(config: Editable, section: Section): unknown[] {
  const list = config.content?.[section];
  return Array.isArray(list) ? list : [];
}

/** The same with the fields of a kubeconfig, where it has no content yet; its comments stay. */
export function withContent(config: ParsedKubeconfig): Editable {
  const { text, file, blank } = config;
  if (isEditable(config) || !blank) return editable(config);
  const eol = lineBreakOf(text);
  const [before, after] = [text.slice(0, blank.from), text.slice(blank.to)];
  const lineBegun = before !== '' && before !== '\uFEFF' && !before.endsWith('\n');
  const fields = emptyKubeconfig.join(eol);
  const filled = before + (lineBegun ? eol : '') + fields + (/^\s/.test(after) ? '' : eol) + after;
  return editable(parseKubeconfig(filled, file));
}

/** Text is cut and joined by positions; that nothing else has changed its meaning is proved, not hoped. */
function verified(text: string, changes: Fields, before: Editable): Editable {
  const after = parseKubeconfig(text, before.file);
  if (isDeepStrictEqual(after.content, { ...before.content, ...changes })) return editable(after);
  throw invalidKubeconfig(before.file, 'it is written in a way that cannot be edited without touching other entries');
}

/** Whether there is content that can be worked in. */
export function isEditable(config: ParsedKubeconfig): config is Editable {
  return config.root !== undefined;
}

function editable(config: ParsedKubeconfig): Editable {
  if (isEditable(config)) return config;
  throw invalidKubeconfig(config.file, 'it has no content');
}
