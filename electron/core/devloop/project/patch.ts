// JSON patches of profiles (RFC 6902) on the nodes of a configuration, as skaffold applies them.
import { isDeepStrictEqual } from 'node:util';
import { isCollection, isMap, isNode, isSeq, type Node, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { entry, pairOf, setEntry } from './documents';

export interface Patch {
  /** skaffold: `replace` where none is said. */
  op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  path: string;
  from?: string | undefined;
  value?: unknown;
}

/** Applies one patch to a mapping. Returns why it cannot be applied, in words that begin with its path. */
export function applyPatch(root: YAMLMap, patch: Patch): string | undefined {
  try {
    act(root, patch);
    return undefined;
  } catch (error) {
    if (error instanceof PatchError) return error.message;
    throw error;
  }
}

class PatchError extends Error {}

function act(root: YAMLMap, { op, path, from, value }: Patch): void {
  if ((op === 'add' || op === 'replace' || op === 'test') && value === undefined) {
    throw new PatchError(`${path}: ${op} needs a value`);
  }
  if (op === 'add') add(root, path, value);
  else if (op === 'remove') take(root, path);
  else if (op === 'replace') replace(root, path, value);
  else if (op === 'move') add(root, path, take(root, needed(from, path, op)));
  else if (op === 'copy') {
    const found = read(root, needed(from, path, op));
    add(root, path, isNode(found) ? found.clone() : found);
  } else if (!isDeepStrictEqual(plain(read(root, path)), plain(value))) {
    throw new PatchError(`${path} is not what the patch expects`);
  }
}

function needed(from: string | undefined, path: string, op: string): string {
  if (!from) throw new PatchError(`${path}: ${op} needs "from"`);
  return from;
}

function plain(node: unknown): unknown {
  return isNode(node) ? node.toJSON() : node;
}

/** The collection that a path's last step is in, and that step. */
function around(root: YAMLMap, path: string): { parent: YAMLMap | YAMLSeq; last: string } {
  if (!path.startsWith('/')) throw new PatchError(`${path} must begin with /`);
  const steps = path.slice(1).split('/').map(unescaped);
  const last = steps.pop() ?? '';
  let here: unknown = root;
  let walked = '';
  for (const step of steps) {
    walked += `/${step}`;
    here = isSeq(here) ? here.items[indexIn(here, step)] : entry(here, step);
    if (!isCollection(here)) throw new PatchError(`${path}: there is no ${walked}`);
  }
  return { parent: here as YAMLMap | YAMLSeq, last };
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** skaffold (yaml-patch): a number, or `key=value` for the first entry that has it; -1 where there is none. */
function indexIn(list: YAMLSeq, step: string): number {
  if (/^\d+$/.test(step)) return Number(step);
  const at = step.indexOf('=');
  if (at < 0) return -1;
  const [key, value] = [step.slice(0, at), step.slice(at + 1)];
  return list.items.findIndex((item) => String(plain(entry(item, key))) === value);
}

function read(root: YAMLMap, path: string): unknown {
  const { parent, last } = around(root, path);
  const found = isSeq(parent) ? parent.items[indexIn(parent, last)] : entry(parent, last);
  if (found === undefined) throw new PatchError(`${path}: there is nothing`);
  return found;
}

function take(root: YAMLMap, path: string): unknown {
  const found = read(root, path);
  const { parent, last } = around(root, path);
  if (isMap(parent)) setEntry(parent, last, undefined);
  else parent.items.splice(indexIn(parent, last), 1);
  return found;
}

function replace(root: YAMLMap, path: string, value: unknown): void {
  read(root, path);
  const { parent, last } = around(root, path);
  if (isMap(parent)) setEntry(parent, last, asNode(value), pairOf(parent, last));
  else parent.items[indexIn(parent, last)] = asNode(value);
}

function add(root: YAMLMap, path: string, value: unknown): void {
  const { parent, last } = around(root, path);
  if (isMap(parent)) {
    setEntry(parent, last, asNode(value));
    return;
  }
  const index = last === '-' ? parent.items.length : indexIn(parent, last);
  if (index < 0 || index > parent.items.length) {
    throw new PatchError(`${path}: the list has ${parent.items.length} entries`);
  }
  parent.items.splice(index, 0, asNode(value));
}

function asNode(value: unknown): Node {
  return isNode(value) ? value : new Scalar(value);
}
