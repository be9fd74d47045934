// What a kustomization is made from besides its own folder: bases, components and files elsewhere, whose changes change it too.
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/** kustomize 5: the names that it looks for, in this order. */
const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** kustomize 5: fields whose texts are paths, or addresses, or (patches) YAML in place. */
const lists = [
  'resources',
  'bases',
  'components',
  'crds',
  'configurations',
  'generators',
  'transformers',
  'validators',
  'patchesStrategicMerge',
] as const;
const withPaths = ['patches', 'patchesJson6902', 'replacements'] as const;
const makers = ['configMapGenerator', 'secretGenerator'] as const;

type Fields = Readonly<Record<string, unknown>>;

/** Absolute places outside the folder `dir`, of all bases together. A kustomization that cannot be read has none: rendering says why. */
export async function placesBeside(dir: string): Promise<string[]> {
  const found = new Set<string>();
  await visit(dir, found, new Set());
  return [...found].filter((place) => place !== dir && !place.startsWith(`${dir}/`));
}

async function visit(dir: string, found: Set<string>, seen: Set<string>): Promise<void> {
  if (seen.has(dir)) return;
  seen.add(dir);
  const fields = await fieldsIn(dir);
  for (const path of pathsOf(fields)) {
    const place = resolve(dir, path);
    const kind = await stat(place).catch(() => undefined);
    if (!kind) continue;
    found.add(place);
    if (kind.isDirectory()) await visit(place, found, seen);
  }
}

async function fieldsIn(dir: string): Promise<Fields> {
  for (const name of names) {
    const text = await readFile(join(dir, name), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    try {
      return (parse(text) as Fields | null) ?? {};
    } catch {
      return {};
    }
  }
  return {};
}

/** Everything in it that may be a path. Pure. */
function pathsOf(fields: Fields): string[] {
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const objects = (value: unknown) => list(value).filter((one) => typeof one === 'object' && one !== null) as Fields[];
  const all = [
    ...lists.flatMap((name) => list(fields[name])),
    ...withPaths.flatMap((name) => objects(fields[name]).map(({ path }) => path)),
    ...makers.flatMap((name) =>
      objects(fields[name]).flatMap(({ files, envs, env }) => [...list(files), ...list(envs), env]),
    ),
  ];
  // Of a ConfigMap's files the key may be said: `key=path`.
  return all.flatMap((one) => (typeof one === 'string' && !one.includes('\n') ? [one.replace(/^[\w.-]+=/, '')] : []));
}
