// Lists that become empty again, written as they were before the first entry came: `[]`, `null`, nothing behind the key, or no key.
import { readRecords } from './history';

const emptyList = /^(?:clusters|contexts|users):[ \t]*(?:\[\]|null|~)?[ \t]*(#.*)?\r?$/;

/**
 * `next`, or, where lists lost their last entry and a text in the file's history differs from it in nothing but how empty lists are
 * written, that text. `now`: the text that it takes the place of.
 */
export async function asItWas(state: string, file: string, now: string, next: string): Promise<string> {
  if (emptyLists(next) <= emptyLists(now)) return next;
  const records = (await readRecords(state)).filter((record) => record.file === file);
  return likeBefore(
    next,
    records.map(({ before }) => before),
  );
}

/** The newest of some texts that differs only in how empty lists are written; `next` where there is none. Pure. */
export function likeBefore(next: string, before: readonly string[]): string {
  const wanted = withoutEmptyLists(next);
  return before.findLast((text) => text !== '' && withoutEmptyLists(text) === wanted) ?? next;
}

function emptyLists(text: string): number {
  return text.split('\n').filter((line) => /^(?:clusters|contexts|users):[ \t]*\[\]/.test(line)).length;
}

/** Comments behind the keys stay: they are somebody's. */
function withoutEmptyLists(text: string): string {
  const lines = text.split('\n').flatMap((line, index, all) => {
    const found = emptyList.exec(line);
    // A key with nothing behind it whose list follows.
    if (!found || /^\s*- /.test(all[index + 1] ?? '')) return [line];
    return found[1] ? [found[1]] : [];
  });
  return lines.join('\n').trimEnd();
}
