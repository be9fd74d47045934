// What changes in a kubeconfig's text, as lines for people's eyes: without secrets.
import { structuredPatch } from 'diff';
import type { DiffHunk } from '../../../shared/model/kubeconfig';
import { redactKubeconfigs } from './redact';

const kinds = { ' ': 'same', '-': 'gone', '+': 'new' } as const;

/** The places that differ, with three lines around each. A secret that changes is told apart by its number. */
export function diffOf(before: string, after: string): DiffHunk[] {
  const [old, now] = redactKubeconfigs([before, after] as const);
  const { hunks } = structuredPatch('', '', old, now, undefined, undefined, { context: 3 });
  return hunks.map(({ oldStart, lines }) => ({
    line: oldStart,
    lines: lines.flatMap((line) => {
      const kind = kinds[line[0] as keyof typeof kinds];
      return kind ? [{ kind, text: line.slice(1).replace(/\r$/, '') }] : [];
    }),
  }));
}
