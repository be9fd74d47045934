// What becomes of the contexts of another kubeconfig when it is taken in. Nothing of one's own is lost unless it is said so by name.
import { dirname, isAbsolute, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../shared/model/errors';
import type { ImportChoice, KubeconfigChange, KubeconfigPlan } from '../../../shared/model/kubeconfig';
import type { Sentence } from '../../../shared/model/sentence';
import { withoutPassword } from '../redaction/addresses';
import { itemsOf, placesOf, withContent, withItem } from './edit';
import { originOf } from './origin';
import { fieldsOf, invalidKubeconfig, type ParsedKubeconfig, parseKubeconfig, type Section } from './parse';
import type { FileEdit, PlannedChange } from './planned-change';
import { type ResolvedContext, resolveContexts, textIn } from './resolve';
import { say } from './words';

type Fields = Record<string, unknown>;
type Outcome = KubeconfigPlan['imports'][number];

/** An entry to be written: `seen` is what the file has of that name now. */
interface Put {
  file: string;
  section: Section;
  name: string;
  fields: Fields;
  seen: unknown;
}

const inner = { clusters: 'cluster', contexts: 'context', users: 'user' } as const;

/**
 * Contexts of new names come as they are; those whose name is taken by a different one as `choices` say, `rename` by default.
 * Their clusters and users come with them, under free names where theirs mean something else already (kubeadm calls all of its
 * clusters `kubernetes`).
 *
 * Throws `kubeconfig-invalid` for a text that is no kubeconfig or has no context.
 */
export function planImport(
  files: readonly ParsedKubeconfig[],
  { text, from, choices }: Extract<KubeconfigChange, { kind: 'import' }>,
  destination: string,
): PlannedChange {
  const name = from ?? 'text';
  const incoming = resolveContexts([{ file: name, model: parseKubeconfig(text, name).model }]);
  if (incoming.length === 0) throw invalidKubeconfig(name, 'it has no context');
  const state = new Import(files, destination);
  const imports = incoming.map((context) => state.take(wholePaths(context, from), choices[context.name] ?? 'rename'));
  const targets = [...new Set(state.puts.map(({ file }) => file))];
  const edits = targets.map((file): FileEdit => {
    const puts = state.puts.filter((put) => put.file === file);
    return { file, edit: (now) => putAll(now, file, puts) };
  });
  const came = imports.filter(({ becomes }) => becomes !== 'same' && becomes !== 'kept');
  return {
    edits,
    said: say('did-import', { names: came.map(({ as }) => as) }),
    warnings: incoming.flatMap(warningsOf),
    imports,
  };
}

/** The names that are taken, by one's own entries and by those already taken in. */
class Import {
  readonly puts: Put[] = [];
  readonly #files: readonly ParsedKubeconfig[];
  readonly #destination: string;

  constructor(files: readonly ParsedKubeconfig[], destination: string) {
    this.#files = files;
    this.#destination = destination;
  }

  take(incoming: ResolvedContext, choice: ImportChoice): Outcome {
    const { name, context, cluster, user } = incoming;
    const server = textIn(cluster?.fields, 'server');
    const about = { name, as: name, ...(server !== undefined && { server: withoutPassword(server) }) };
    const present = this.#find('contexts', name);
    if (present && this.#isSame(present.fields, incoming)) return { ...about, becomes: 'same', conflict: false };
    if (present && choice === 'keep') return { ...about, becomes: 'kept', conflict: true };
    const replacing = present !== undefined && choice === 'replace';
    const as = present && !replacing ? this.#freeName('contexts', name) : name;
    const fields: Fields = { ...context };
    for (const [section, field, found] of [
      ['clusters', 'cluster', cluster],
      ['users', 'user', user],
    ] as const) {
      if (!found) continue;
      const old = replacing ? String(fieldsOf(present.fields)[field] ?? '') : undefined;
      fields[field] = this.#bring(section, field, String(context[field]), found.fields, old);
    }
    this.#put('contexts', as, fields);
    if (!present) return { ...about, as, becomes: 'new', conflict: false };
    return { ...about, as, becomes: replacing ? 'replaced' : 'renamed', conflict: true };
  }

  /** Brings a cluster or user in, and says under which name. `old`: the one that it may take the place of. */
  #bring(section: Section, field: 'cluster' | 'user', name: string, fields: Fields, old: string | undefined): string {
    const present = this.#find(section, name);
    if (present && isDeepStrictEqual(present.fields, fields)) return name;
    const users = this.#files
      .flatMap(({ model }) => model.contexts)
      .filter(({ context }) => fieldsOf(context)[field] === old);
    const mine = old !== undefined && users.length === 1 && this.#find(section, old) ? old : undefined;
    const as = mine ?? (present ? this.#freeName(section, name) : name);
    this.#put(section, as, fields);
    return as;
  }

  #put(section: Section, name: string, fields: Fields): void {
    const present = this.#find(section, name);
    this.puts.push({ file: present?.file ?? this.#destination, section, name, fields, seen: present?.fields });
  }

  #find(section: Section, name: string): { file: string; fields: unknown } | undefined {
    const put = this.puts.findLast((each) => each.section === section && each.name === name);
    if (put) return put;
    for (const { file, model } of this.#files) {
      const entry = model[section].find((each) => each.name === name);
      if (entry) return { file, fields: entry[inner[section]] };
    }
    return undefined;
  }

  #freeName(section: Section, name: string): string {
    let number = 2;
    while (this.#find(section, `${name}-${number}`)) number += 1;
    return `${name}-${number}`;
  }

  /** Whether a context of the same name means the same, whatever its cluster and user are called. */
  #isSame(present: unknown, { context, cluster, user }: ResolvedContext): boolean {
    const { cluster: ownCluster, user: ownUser, ...own } = fieldsOf(present);
    const { cluster: _cluster, user: _user, ...rest } = context;
    return (
      isDeepStrictEqual(own, rest) &&
      isDeepStrictEqual(this.#find('clusters', String(ownCluster))?.fields, cluster?.fields) &&
      isDeepStrictEqual(this.#find('users', String(ownUser))?.fields, user?.fields)
    );
  }
}

function putAll(text: string, file: string, puts: readonly Put[]): string {
  let config = withContent(parseKubeconfig(text, file));
  for (const { section, name, fields, seen } of puts) {
    const [place = -1] = placesOf(config, section, name);
    const now = place === -1 ? undefined : fieldsOf(itemsOf(config, section)[place])[inner[section]];
    if (!isDeepStrictEqual(now, seen)) throw changedMeanwhile(file, name);
    config = withItem(config, section, place, { [inner[section]]: fields, name });
  }
  return config.text;
}

/** client-go: paths are meant from the directory of the file that they are in. */
function wholePaths(context: ResolvedContext, from: string | undefined): ResolvedContext {
  if (from === undefined) return context;
  const whole = (path: string) => (isAbsolute(path) ? path : join(dirname(from), path));
  const entry = (found: ResolvedContext['cluster']) => {
    if (!found) return undefined;
    const fields = { ...found.fields };
    for (const key of ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile']) {
      const path = textIn(fields, key);
      if (path !== undefined) fields[key] = whole(path);
    }
    const command = textIn(fieldsOf(fields.exec), 'command');
    if (command !== undefined && /[/\\]/.test(command)) {
      fields.exec = { ...fieldsOf(fields.exec), command: whole(command) };
    }
    return { ...found, fields };
  };
  return { ...context, cluster: entry(context.cluster), user: entry(context.user) };
}

function warningsOf(context: ResolvedContext): Sentence[] {
  const { name, cluster, user } = context;
  const program = textIn(fieldsOf(user?.fields.exec), 'command');
  const server = textIn(cluster?.fields, 'server') ?? '';
  return [
    ...(program === undefined ? [] : [say('runs-program', { name, program })]),
    ...(cluster?.fields['insecure-skip-tls-verify'] === true ? [say('trusts-anyone', { name })] : []),
    ...(originOf(context).origin === 'remote' ? [say('is-remote', { name, server: withoutPassword(server) })] : []),
    ...(cluster ? [] : [say('cluster-missing', { name: String(context.context.cluster ?? '') })]),
  ];
}

function changedMeanwhile(file: string, name: string): AppError {
  return new AppError('not-possible', `${name} in ${file} was changed by another program meanwhile`, {
    params: { name, file },
    hints: [{ text: 'Nothing was changed. Look at what would change once more.' }],
  });
}
