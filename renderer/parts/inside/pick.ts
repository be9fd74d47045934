// Which rows are picked for what is done to several: one after the other, or all between two. Pure.

export interface Picked {
  keys: ReadonlySet<string>;
  /** Where a range begins: the one that was picked last by itself. */
  from?: string | undefined;
}

export const nonePicked: Picked = { keys: new Set() };

/** How one is picked: alone, or with all between it and the one before. */
export type PickBy = 'one' | 'range';

/** What is picked after one more was; `order`: the keys of all rows as they are shown. */
export function pick(before: Picked, key: string, by: PickBy, order: readonly string[]): Picked {
  const keys = new Set(before.keys);
  const from = order.indexOf(before.from ?? '');
  if (by === 'range' && from !== -1) {
    const to = order.indexOf(key);
    for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) keys.add(one);
    return { keys, from: before.from };
  }
  if (!keys.delete(key)) keys.add(key);
  return { keys, from: key };
}

/** All that are shown; none where all are picked already. */
export function pickAll(before: Picked, order: readonly string[]): Picked {
  return order.every((key) => before.keys.has(key)) ? nonePicked : { keys: new Set(order) };
}
