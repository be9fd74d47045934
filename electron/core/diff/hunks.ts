// The places where two texts differ, with three lines around each. Pure.
import { structuredPatch } from 'diff';
import type { DiffHunk } from '../../../shared/model/diff';

const kinds = { ' ': 'same', '-': 'gone', '+': 'new' } as const;

export function hunksBetween(before: string, after: string): DiffHunk[] {
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, { context: 3 });
  return hunks.map(({ oldStart, lines }) => ({
    line: oldStart,
    lines: lines.flatMap((line) => {
      const kind = kinds[line[0] as keyof typeof kinds];
      return kind ? [{ kind, text: line.slice(1).replace(/\r$/, '') }] : [];
    }),
  }));
}
