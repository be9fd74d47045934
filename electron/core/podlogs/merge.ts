// Several logs as one in the order of time: of each no more is held than has just come.
import { compareMoments } from '../../../shared/model/pod-logs';

interface Stamped {
  at: string;
}

interface Head<Line> {
  lines: readonly Line[];
  next: number;
  rest: AsyncIterator<readonly Line[], void, void>;
}

/** Each source is in order by itself; lines of the same moment keep the order of the sources. */
export async function* mergeByTime<Line extends Stamped>(
  sources: readonly AsyncIterable<readonly Line[]>[],
): AsyncGenerator<Line[], void, void> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  try {
    const begun = await Promise.all(iterators.map((rest) => filled({ lines: [], next: 0, rest })));
    let heads = begun.filter((head) => head !== undefined);
    let merged: Line[] = [];
    while (heads.length > 0) {
      const first = heads.reduce((best, head) => (isBefore(head, best) ? head : best));
      const line = first.lines[first.next];
      if (line) merged.push(line);
      first.next += 1;
      if (first.next < first.lines.length) continue;
      // Nothing is known of what comes next in it: what is in order so far goes out.
      yield merged;
      merged = [];
      if (!(await filled(first))) heads = heads.filter((head) => head !== first);
    }
  } finally {
    await Promise.all(iterators.map((one) => one.return?.()));
  }
}

function isBefore<Line extends Stamped>(one: Head<Line>, other: Head<Line>): boolean {
  return compareMoments(one.lines[one.next]?.at ?? '', other.lines[other.next]?.at ?? '') < 0;
}

/** The head with its next lines; undefined at its end. */
async function filled<Line>(head: Head<Line>): Promise<Head<Line> | undefined> {
  for (;;) {
    const { done, value } = await head.rest.next();
    if (done) return undefined;
    if (value.length === 0) continue;
    head.lines = value;
    head.next = 0;
    return head;
  }
}
