// What changes in a kubeconfig's text, as lines for people's eyes: without secrets.
import type { DiffHunk } from '../../../shared/model/diff';
import { hunksBetween } from '../diff/hunks';
import { redactKubeconfigs } from './redact';

/** A secret that changes is told apart by its number. */
export function diffOf(before: string, after: string): DiffHunk[] {
  const [old, now] = redactKubeconfigs([before, after] as const);
  return hunksBetween(old, now);
}
