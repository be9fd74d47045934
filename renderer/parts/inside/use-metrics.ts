// What nodes and pods use, for as long as a list of them is looked at; columns beside those that Kubernetes has.
import { useDocumentVisibility } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Metrics } from '../../../shared/model/metrics';
import { type Column, type KindRef, kindName, type ObjectRow } from '../../../shared/model/objects';
import { useTopic } from '../../stores/use-topic';

/** Undefined for kinds that use nothing, and while nobody looks. */
export function useMetrics(context: string, kind: KindRef | undefined): Metrics | undefined {
  const visible = useDocumentVisibility() === 'visible';
  const uses = kind && ['pods', 'nodes'].includes(kindName(kind));
  return useTopic(visible && uses ? context : undefined, (client, subject, signal) =>
    client.metrics.watch({ context: subject }, { signal }),
  );
}

/** Of a row of pods or nodes. */
export function usageOf(metrics: Metrics | undefined, row: Pick<ObjectRow, 'namespace' | 'name'>) {
  if (!metrics) return undefined;
  return row.namespace === undefined ? metrics.nodes[row.name] : metrics.pods[`${row.namespace}/${row.name}`];
}

const columns: Column[] = [
  { name: 'CPU', type: 'cores', priority: 0 },
  { name: 'Memory', type: 'bytes', priority: 0 },
];

/** The rows with two cells more, where usage is known at all. */
export function useWithUsage(
  rows: { columns: readonly Column[]; items: ReadonlyMap<string, ObjectRow> },
  metrics: Metrics | undefined,
): { columns: readonly Column[]; items: readonly ObjectRow[] } {
  return useMemo(() => {
    const items = [...rows.items.values()];
    if (!metrics || metrics.source === 'none') return { columns: rows.columns, items };
    return {
      columns: [...rows.columns, ...columns],
      items: items.map((row) => {
        const usage = usageOf(metrics, row);
        return { ...row, cells: [...row.cells, usage?.cpus ?? null, usage?.memory ?? null] };
      }),
    };
  }, [rows.columns, rows.items, metrics]);
}
