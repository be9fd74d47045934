// The rows that are picked, for as long as they are shown: what a filter hides is not done anything to.
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ObjectRow } from '../../../shared/model/objects';
import { nonePicked, type PickBy, pick, pickAll } from './pick';

const none: readonly ObjectRow[] = [];

export function usePicked(shown: readonly ObjectRow[]) {
  const [picked, setPicked] = useState(nonePicked);
  const rows = useMemo(
    () => (picked.keys.size === 0 ? none : shown.filter(({ key }) => picked.keys.has(key))),
    [shown, picked],
  );
  const keys = useMemo(() => new Set(rows.map(({ key }) => key)), [rows]);
  const now = useRef(shown);
  now.current = shown;
  const order = useCallback(() => now.current.map(({ key }) => key), []);
  return {
    rows,
    keys,
    pick: useCallback((key: string, by: PickBy) => setPicked((before) => pick(before, key, by, order())), [order]),
    pickAll: useCallback(() => setPicked((before) => pickAll(before, order())), [order]),
    clear: useCallback(() => setPicked(nonePicked), []),
  };
}
