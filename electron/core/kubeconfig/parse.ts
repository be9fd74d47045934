// The text of a kubeconfig as a YAML document with positions, checked as far as an edit needs it.
import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type YAMLMap } from 'yaml';
import { AppError } from '../../../shared/model/errors';

export const sections = ['clusters', 'contexts', 'users'] as const;
export type Section = (typeof sections)[number];

type Fields = Record<string, unknown>;

/** A kubeconfig's content as plain values; the lists are there even where the file has none. */
export interface KubeconfigModel extends Record<Section, Fields[]> {
  currentContext: string;
}

export interface ParsedKubeconfig {
  text: string;
  /** For the words of errors. */
  file: string;
  /** The top-level mapping; undefined for a file without content. */
  root: YAMLMap | undefined;
  /** Where a file without content takes some: what stands there (`null`, `{}`) can be replaced. */
  blank: { from: number; to: number } | undefined;
  /** Everything in the file as plain values; undefined for a file without content. */
  content: Fields | undefined;
  model: KubeconfigModel;
}

/** Throws `kubeconfig-invalid`, saying where, for what is not one YAML mapping with lists of entries. */
export function parseKubeconfig(text: string, file: string): ParsedKubeconfig {
  const lines = new LineCounter();
  const fail = (offset: number, problem: string): never => {
    const { line, col } = lines.linePos(offset);
    throw invalidKubeconfig(file, problem, { line, column: col });
  };
  // Repeated keys in entries of other programs are none of our business, kubectl reads them.
  // Without pretty errors: these quote the file, and with it the secrets in it.
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    keepSourceTokens: true,
    uniqueKeys: false,
    prettyErrors: false,
  });
  const documents = Array.isArray(parsed) ? parsed : [];
  for (const document of documents) {
    const [error] = document.errors;
    if (error) fail(error.pos[0], error.message);
  }
  const [document, second] = documents;
  if (second) fail(second.range[0], 'a kubeconfig is one YAML document, here a second one begins');

  const root = document?.contents;
  const [from, to] = root?.range ?? [text.length, text.length];
  if (!document || !root || (isScalar(root) && root.value === null) || /^\{\s*\}$/.test(text.slice(from, to))) {
    return { text, file, root: undefined, blank: { from, to }, content: undefined, model: modelOf({}, '') };
  }
  if (!isMap(root)) return fail(from, 'a kubeconfig is a mapping with clusters, contexts and users');
  checkKeys(root, fail);
  const content = plain(() => document.toJS() as Fields, file);
  return { text, file, root, blank: undefined, content, model: modelOf(content, currentIn(root)) };
}

function checkKeys(root: YAMLMap, fail: (offset: number, problem: string) => never): void {
  const seen = new Set<string>();
  for (const { key, value } of root.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
    const list = (sections as readonly string[]).includes(name);
    if ((list || name === 'current-context') && seen.has(name)) fail(offset, `${name} is there twice`);
    seen.add(name);
    if (list && !(value === null || isSeq(value) || (isScalar(value) && value.value === null))) {
      fail(offset, `${name} must be a list`);
    }
  }
}

function plain(read: () => Fields, file: string): Fields {
  try {
    return read();
  } catch (error) {
    // An alias without its anchor, or aliases that multiply without end.
    throw invalidKubeconfig(file, error instanceof Error ? error.message : String(error));
  }
}

function modelOf(content: Fields, currentContext: string): KubeconfigModel {
  return {
    clusters: entriesOf(content.clusters),
    contexts: entriesOf(content.contexts),
    users: entriesOf(content.users),
    currentContext,
  };
}

/** As written, because `1.10` is a number to YAML and a name to kubectl. */
function currentIn(root: YAMLMap): string {
  const current = root.get('current-context', true);
  if (!isScalar(current) || current.value === null) return '';
  return current.source ?? String(current.value);
}

/** As many as the list has, in its order; what is no mapping stands as an entry without a name. */
function entriesOf(list: unknown): Fields[] {
  return Array.isArray(list) ? list.map(fieldsOf) : [];
}

/** A mapping as it is, anything else as an empty one. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function invalidKubeconfig(file: string, problem: string, at?: { line: number; column: number }): AppError {
  const where = at ? `line ${at.line}, column ${at.column}: ` : '';
  return new AppError('kubeconfig-invalid', `The kubeconfig ${file} cannot be used: ${where}${problem}`, {
    params: { file, problem, ...at },
    hints: [{ text: `Nothing was changed. Mend ${file}, or move it away to begin with a new one.` }],
  });
}
