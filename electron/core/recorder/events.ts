// Events of a cluster as they are kept, from the rows of Kubernetes' own table of them. Pure.
import type { Column, ObjectRow } from '../../../shared/model/objects';
import type { RecordedEvent } from '../../../shared/model/recorder';

const units: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** `2m30s` in milliseconds; 0 for what is no age. */
export function ageIn(text: string): number {
  const parts = [...text.matchAll(/(\d+)([smhd])/g)];
  return 1000 * parts.reduce((sum, [, number, unit]) => sum + Number(number) * (units[unit ?? 's'] ?? 0), 0);
}

/** @param now milliseconds; the table says how long ago an event was seen */
export function eventOf(row: ObjectRow, columns: readonly Column[], now: number): RecordedEvent {
  const cell = (name: string) => String(row.cells[columns.findIndex((column) => column.name === name)] ?? '');
  return {
    namespace: row.namespace ?? '',
    object: cell('Object'),
    type: cell('Type'),
    reason: cell('Reason'),
    message: cell('Message'),
    at: now - ageIn(cell('Last Seen')),
  };
}
