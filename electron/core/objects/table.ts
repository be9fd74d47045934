// Kubernetes' tables: what `kubectl get` prints, for every kind, custom ones by their printer columns. Pure.
import { type Cell, type Column, cellSchema, type ObjectRow } from '../../../shared/model/objects';

/** A table where the server can make one, else objects. */
export const tableAccept = [
  'application/json;as=Table;v=v1;g=meta.k8s.io',
  'application/json;as=Table;v=v1beta1;g=meta.k8s.io',
  'application/json',
].join(',');

export interface Metadata {
  name?: string;
  namespace?: string;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  resourceVersion?: string;
}

interface Definition {
  name: string;
  type: string;
  format?: string;
  priority?: number;
  description?: string;
}

/** What a list, or the object of an event, is: a table, a list of objects, one object, or a `Status`. */
export interface Answer {
  kind?: string;
  code?: number;
  message?: string;
  metadata?: Metadata & { continue?: string; remainingItemCount?: number };
  columnDefinitions?: Definition[] | null;
  rows?: { cells: unknown[]; object?: { metadata?: Metadata } }[] | null;
  items?: { metadata?: Metadata }[] | null;
}

/** Of servers that make no tables. */
const plainColumns: Column[] = [
  { name: 'Name', type: 'string', priority: 0 },
  { name: 'Age', type: 'date', priority: 0 },
];

/** Undefined for an answer that has none: an event after the first, an empty bookmark. */
export function columnsIn({ kind, columnDefinitions }: Answer): Column[] | undefined {
  if (kind !== 'Table') return plainColumns;
  if (!columnDefinitions || columnDefinitions.length === 0) return undefined;
  return columnDefinitions.map(({ name, type, priority = 0, description }) => ({
    name,
    // The server says how long ago it was when it was asked; that goes on, so it is told from the moment itself.
    type: name === 'Age' ? 'date' : type,
    priority,
    ...(description && { description }),
  }));
}

/** @param columns of the list; where `Age` is among them */
export function rowsIn(answer: Answer, columns: readonly Column[]): ObjectRow[] {
  if (answer.kind === 'Table') {
    return (answer.rows ?? []).flatMap(({ cells, object }) => rowOf(object?.metadata, cells, columns));
  }
  const objects = answer.items ?? (answer.metadata?.name === undefined ? [] : [{ metadata: answer.metadata }]);
  return objects.flatMap(({ metadata }) => rowOf(metadata, [metadata?.name, metadata?.creationTimestamp], columns));
}

function rowOf(metadata: Metadata | undefined, cells: readonly unknown[], columns: readonly Column[]): ObjectRow[] {
  const { name, namespace, creationTimestamp, deletionTimestamp, labels } = metadata ?? {};
  if (name === undefined) return [];
  return [
    {
      key: keyOf(metadata),
      name,
      ...(namespace !== undefined && { namespace }),
      cells: cells.map((cell, index) =>
        columns[index]?.type === 'date' ? momentOf(columns[index], cell, creationTimestamp) : asCell(cell),
      ),
      ...(creationTimestamp !== undefined && { createdAt: creationTimestamp }),
      ...(labels && { labels }),
      ...(deletionTimestamp !== undefined && { leaving: true }),
    },
  ];
}

function momentOf({ name }: Column, cell: unknown, created: string | undefined): Cell {
  return name === 'Age' ? (created ?? null) : asCell(cell);
}

export function keyOf(metadata: Metadata | undefined): string {
  return `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
}

function asCell(cell: unknown): Cell {
  const known = cellSchema.safeParse(cell);
  return known.success ? known.data : cell === undefined ? null : JSON.stringify(cell);
}

/** The version of the newest thing that an event tells of; it is where a watch goes on. */
export function versionIn({ kind, metadata, rows }: Answer): string | undefined {
  const own = metadata?.resourceVersion;
  if (kind !== 'Table') return own;
  return rows?.at(-1)?.object?.metadata?.resourceVersion ?? (own || undefined);
}
