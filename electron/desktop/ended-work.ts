// Which long work has ended since the last look, and what is said of it. Pure.
import { hasEnded, type Operation } from '../../shared/model/operation';
import type { DesktopWords } from './words';

/** What is shorter than this was watched, or is not worth a word: milliseconds. */
const longWork = 10_000;

/**
 * Operations that ran at the look before and have ended now, with a failure however short, with success when they took long.
 * What somebody cancelled is known to them.
 */
export function endedSince(before: ReadonlyMap<string, Operation>, now: readonly Operation[]): Operation[] {
  return now.filter((operation) => {
    const known = before.get(operation.id);
    if (!known || hasEnded(known.state) || !hasEnded(operation.state)) return false;
    if (operation.state === 'failed') return true;
    const { startedAt = 0, endedAt = 0 } = operation;
    return operation.state === 'done' && endedAt - startedAt >= longWork;
  });
}

export function noticeOf({ subject, state, error }: Operation, words: DesktopWords): { title: string; body: string } {
  if (state === 'failed') return { title: words.failed(subject), body: error?.message ?? '' };
  return { title: words.done(subject), body: '' };
}
