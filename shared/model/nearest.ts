// Guesses which known word a mistyped one was meant to be.

/** What is longer is not a slip of the finger. */
const longestWord = 100;

/** The candidate closest to `word` in typing errors, if it is close enough to be a slip: a third of its length, at least one. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > longestWord) return undefined;
  let best: { candidate: string; errors: number } | undefined;
  for (const candidate of candidates) {
    const errors = typingErrors(word.toLowerCase(), candidate.toLowerCase());
    if (errors <= Math.max(1, Math.floor(candidate.length / 3)) && (!best || errors < best.errors)) {
      best = { candidate, errors };
    }
  }
  return best?.candidate;
}

/** Optimal string alignment distance: letters added, left out, replaced, or two neighbours swapped. */
function typingErrors(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_none, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      let least = Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        least = Math.min(least, (beforePrevious[j - 2] ?? Number.POSITIVE_INFINITY) + 1);
      }
      row.push(least);
    }
    beforePrevious = previous;
    previous = row;
  }
  return previous[to.length] ?? 0;
}
