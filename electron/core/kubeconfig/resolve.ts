// Which context means what over several files: of each name the first file's entry counts, as client-go merges them.
import { dirname, isAbsolute, join } from 'node:path';
import { fieldsOf, type KubeconfigModel, type Section } from './parse';

type Fields = Record<string, unknown>;

/** A file's content, as far as it could be read. */
export interface ReadFile {
  file: string;
  model: KubeconfigModel;
}

/** An entry and the file that it is from. */
export interface Found {
  file: string;
  fields: Fields;
}

export interface ResolvedContext {
  name: string;
  file: string;
  hiddenIn: string[];
  context: Fields;
  /** Undefined when no file has the cluster or user that the context names. */
  cluster: Found | undefined;
  user: Found | undefined;
}

const inner = { clusters: 'cluster', contexts: 'context', users: 'user' } as const;

/** All contexts in the order of the files, each name once. */
export function resolveContexts(files: readonly ReadFile[]): ResolvedContext[] {
  const contexts = new Map<string, ResolvedContext>();
  const clusters = entriesByName(files, 'clusters');
  const users = entriesByName(files, 'users');
  for (const { file, model } of files) {
    for (const { name, context } of model.contexts) {
      if (typeof name !== 'string') continue;
      const known = contexts.get(name);
      if (known) {
        if (known.file !== file) known.hiddenIn.push(file);
        continue;
      }
      const fields = fieldsOf(context);
      const [cluster, user] = [clusters.get(fields.cluster), users.get(fields.user)];
      contexts.set(name, { name, file, hiddenIn: [], context: fields, cluster, user });
    }
  }
  return [...contexts.values()];
}

function entriesByName(files: readonly ReadFile[], section: Section): Map<unknown, Found> {
  const found = new Map<unknown, Found>();
  for (const { file, model } of files) {
    for (const entry of model[section]) {
      if (!found.has(entry.name)) found.set(entry.name, { file, fields: fieldsOf(entry[inner[section]]) });
    }
  }
  return found;
}

/** client-go: paths in an entry are meant from the directory of the file that the entry is in. */
export function pathFrom(found: Pick<Found, 'file'>, path: string): string {
  return isAbsolute(path) ? path : join(dirname(found.file), path);
}

/** A text that is there and not empty. */
export function textIn(fields: Fields | undefined, key: string): string | undefined {
  const value = fields?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
