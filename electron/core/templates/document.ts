// Reads YAML text that anyone may have written into a document, within limits of size, depth and repetition.
import { type Document, isCollection, isScalar, LineCounter, parseDocument, type Range, visit } from 'yaml';
import type { Blanks } from '../../../shared/model/sentence';
import type { TemplateProblem } from '../../../shared/model/template/problem';
import { keyPlace, type Path, type Place, placeOf } from './places';
import type { Said } from './problem-words';

/** Characters of the longest text that is read. */
export const longestText = 1_000_000;

/** At most so many problems are told of one text. */
export const mostProblems = 100;

/** A problem before its line is counted. */
export interface Problem extends Place {
  message: string;
  path: Path;
  code?: string;
  params?: Blanks | undefined;
}

export interface YamlText {
  text: string;
  lines: LineCounter;
  document: Document;
}

/** Problems as users see them, in the order of the text. */
export function located(
  { text, lines }: Pick<YamlText, 'text' | 'lines'>,
  problems: readonly Problem[],
  severity: TemplateProblem['severity'] = 'error',
) {
  const ordered = problems.toSorted((one, other) => one.from - other.from).slice(0, mostProblems);
  return ordered.map(({ from, to, path, ...said }): TemplateProblem => {
    // A text without an end of line has no lines in the counter's eyes.
    const { line, col } = lines.linePos(from);
    const place = { from: Math.min(from, text.length), to: Math.min(to, text.length) };
    return { severity, ...said, path: [...path], line: Math.max(1, line), column: Math.max(1, col), ...place };
  });
}

/** The document in a text, or why there is none; never throws. */
export function readDocument(
  text: string,
  options: { merge?: boolean } = {},
): YamlText | { problems: TemplateProblem[] } {
  const lines = new LineCounter();
  if (text.length > longestText) {
    const message = `the text has ${(text.length / 1e6).toFixed(1)} million characters, and 1 million are the most`;
    return { problems: located({ text, lines }, [{ from: 0, to: 0, message, path: [] }]) };
  }
  try {
    // The library compares every key of a mapping with every other; we look for keys that are there twice ourselves.
    const document = parseDocument(text, {
      ...options,
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'error',
    });
    const problems = document.errors.slice(0, mostProblems).map(
      ({ pos, message }): Problem => ({
        from: pos[0],
        to: pos[1],
        message: withQuotesAdvice(text, pos[0], whyUnreadable(message)),
        path: [],
      }),
    );
    if (problems.length === 0) problems.push(...repetitions(document));
    return problems.length > 0 ? { problems: located({ text, lines }, problems) } : { text, lines, document };
  } catch (error) {
    return { problems: located({ text, lines }, [{ from: 0, to: 0, message: whyUnreadable(error), path: [] }]) };
  }
}

/** The document as plain data, or why it cannot be had: aliases without an anchor, or that multiply without end. */
export function dataOf({ text, lines, document }: YamlText): { data: unknown } | { problems: TemplateProblem[] } {
  try {
    return { data: document.toJS() };
  } catch (error) {
    let place: Place = { from: 0, to: 0 };
    const anchors = new Set<string>();
    visit(document, {
      Alias(_key, alias) {
        if (anchors.has(alias.source)) return undefined;
        place = { from: alias.range?.[0] ?? 0, to: alias.range?.[1] ?? 0 };
        return visit.BREAK;
      },
      Value(_key, { anchor }) {
        if (anchor) anchors.add(anchor);
      },
    });
    return { problems: located({ text, lines }, [{ ...place, message: whyUnreadable(error), path: [] }]) };
  }
}

/** Keys that are there twice, and collections that contain themselves. */
function repetitions(document: Document): Problem[] {
  const problems: Problem[] = [];
  const add = (range: Range | null | undefined, message: string) =>
    problems.push({ from: range?.[0] ?? 0, to: range?.[1] ?? 0, message, path: [] });
  visit(document, {
    Map(_key, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name) && name !== '<<') add(key.range, `${name} is there twice`);
        seen.add(name);
      }
    },
    Alias(_key, alias, ancestors) {
      const inside = ancestors.some((node) => isCollection(node) && node.anchor === alias.source);
      if (inside) add(alias.range, `*${alias.source} stands for what it is a part of`);
    },
  });
  return problems;
}

/** In `{ }` and `[ ]` the braces of a parameter mean something else to YAML. */
function withQuotesAdvice(text: string, at: number, message: string): string {
  const before = text.slice(Math.max(0, at - 200), at);
  const after = text.slice(at, at + 200);
  const line = (before.split('\n').at(-1) ?? '') + (after.split('\n')[0] ?? '');
  const bare = /[{[].*(?<!["'])\$\{parameters\./.test(line);
  return bare ? `${message}; between { } or [ ] write "\${parameters.NAME}" in quotes` : message;
}

function whyUnreadable(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // V8's words, which the library passes on as an error of the text.
  return /call stack/.test(message) ? 'the text is nested too deeply' : message;
}

/** Something found at a path, as a problem of the text. */
/** @param said English, or with it the code by which other languages say it */
export function problemAt(document: Document, path: Path, said: string | Said, at: 'value' | 'key' = 'value'): Problem {
  const place = at === 'key' ? keyPlace(document, path) : placeOf(document, path);
  return { ...place, ...(typeof said === 'string' ? { message: said } : said), path };
}
