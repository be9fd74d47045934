// The names of a cluster's namespaces, live.
import { useMemo } from 'react';
import type { KindRef } from '../../../shared/model/objects';
import { useRows } from './use-rows';

const kind: KindRef = { group: '', version: 'v1', resource: 'namespaces' };

export function useNamespaces(context: string): string[] {
  const { items } = useRows({ context, kind, namespaces: [] });
  return useMemo(() => [...items.values()].map(({ name }) => name).sort(), [items]);
}
