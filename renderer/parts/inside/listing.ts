// Which rows are shown and in which order, and what their cells say: pure.
import type { Cell, Column, ObjectRow } from '../../../shared/model/objects';

export interface Order {
  /** Index of the column; -1: by namespace and name. */
  column: number;
  down: boolean;
}

export const byName: Order = { column: -1, down: false };

/** Every word of the filter is in the row somewhere: its name, namespace, a cell or a label (`key=value`). */
export function matching(rows: readonly ObjectRow[], filter: string): readonly ObjectRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = textOf(row);
    return words.every((word) => text.includes(word));
  });
}

/** Made once for each row: a row that changes is another one. */
const texts = new WeakMap<ObjectRow, string>();

function textOf(row: ObjectRow): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const labels = Object.entries(row.labels ?? {}).map((pair) => pair.join('='));
  const text = [row.key, ...row.cells, ...labels].join('\n').toLowerCase();
  texts.set(row, text);
  return text;
}

/** A burst of changes orders thousands of rows many times a second: what a cell is ordered by is read once for each row. */
export function ordered(rows: readonly ObjectRow[], columns: readonly Column[], { column, down }: Order): ObjectRow[] {
  const byKey = (one: ObjectRow, other: ObjectRow) => inOrder(one.key, other.key);
  if (column === -1) return rows.toSorted(down ? (one, other) => byKey(other, one) : byKey);
  const isDate = columns[column]?.type === 'date';
  // The older, the larger its age.
  const sign = down === isDate ? 1 : -1;
  return rows
    .map((row) => ({ row, text: String(row.cells[column] ?? ''), number: numberIn(row.cells[column] ?? '') }))
    .sort((one, other) => {
      const differ = one.number !== undefined && other.number !== undefined && one.number !== other.number;
      const order = differ ? inOrder(one.number, other.number) : inOrder(one.text, other.text);
      return sign * order || byKey(one.row, other.row);
    })
    .map(({ row }) => row);
}

function inOrder<Value extends string | number | undefined>(one: Value, other: Value): number {
  if (one === undefined || other === undefined || one === other) return 0;
  return one < other ? -1 : 1;
}

/** `1/2` and `5 (3m ago)` begin with what they are ordered by; a moment is none. */
function numberIn(cell: Cell): number | undefined {
  if (typeof cell === 'number') return cell;
  const begin = typeof cell === 'string' ? /^\d+(?![\d-]*[-:T])/.exec(cell)?.[0] : undefined;
  return begin === undefined ? undefined : Number(begin);
}

const good = /^(Running|Active|Ready|Bound|Available|Complete|Completed|Succeeded|Normal)$/;
const bad = /(Error|Failed|BackOff|OOM|Evicted|NotReady|Lost|Invalid|Warning|Never|Unknown)/;

/** Whether a word of a state is good or bad news; undefined where it is neither. */
export function newsOf({ name }: Column, text: string): 'good' | 'bad' | 'wait' | undefined {
  if (!/^(Status|Type|Phase)$/.test(name)) return undefined;
  if (bad.test(text)) return 'bad';
  if (good.test(text)) return 'good';
  return /Pending|Creating|Init|Terminating|Unschedulable/.test(text) ? 'wait' : undefined;
}
