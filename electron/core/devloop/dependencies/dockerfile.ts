// A Dockerfile as instructions: comments, continued lines, heredocs and directives as BuildKit reads them. Pure.
import { AppError } from '../../../../shared/model/errors';
import { loopHint } from '../words';

export interface Heredoc {
  readonly name: string;
  /** False when its delimiter is quoted: variables in it stay as they are. */
  readonly expand: boolean;
  readonly content: string;
}

export interface Instruction {
  /** Upper case: `COPY`. */
  readonly keyword: string;
  /** Flags without their dashes, in order: `['from', 'base']`; one without a value has ''. */
  readonly flags: readonly (readonly [name: string, value: string])[];
  /** What follows keyword and flags, continued lines joined. */
  readonly rest: string;
  readonly heredocs: readonly Heredoc[];
  /** Of its first and last line, from 1. */
  readonly line: number;
  readonly endLine: number;
}

export interface Dockerfile {
  readonly instructions: readonly Instruction[];
  /** The character that escapes: a backslash, or what `# escape=` says. */
  readonly escaping: string;
}

const directive = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/;
/** BuildKit: `parser.reHeredoc`; instructions that may have one. */
const heredocMark = /<<(-?)(["']?)([a-zA-Z0-9_.]+)\2(?=\s|$)/g;
const withHeredocs = new Set(['ADD', 'COPY', 'RUN']);

/** Throws `bad-input` with the line in `params.line` for what no builder could read. */
export function parseDockerfile(text: string): Dockerfile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const escaping = escapeOf(lines);
  const continued = new RegExp(`${escaping === '\\' ? '\\\\' : '`'}[ \\t]*$`);
  const instructions: Instruction[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const first = (lines[at] ?? '').trimStart();
    if (first === '' || first.startsWith('#')) continue;
    const start = at;
    let whole = '';
    for (let line: string | undefined = first; line !== undefined; ) {
      const goesOn = continued.test(line);
      whole += goesOn ? line.replace(continued, '') : line;
      if (!goesOn) break;
      // Comments and empty lines between continued lines are passed over.
      do at += 1;
      while (at < lines.length && /^\s*(#.*)?$/.test(lines[at] ?? ''));
      line = lines[at];
    }
    const { keyword, flags, rest } = split(whole.trim());
    if (!/^[A-Z]+$/.test(keyword)) throw dockerfileError(start + 1, `${keyword || whole} is no instruction`);
    const heredocs: Heredoc[] = [];
    if (withHeredocs.has(keyword)) {
      for (const [, dash, quote, name = ''] of rest.matchAll(heredocMark)) {
        const body: string[] = [];
        for (at += 1; ; at += 1) {
          const line = lines[at];
          if (line === undefined) throw dockerfileError(start + 1, `the text that ends with ${name} does not end`);
          const shown = dash ? line.replace(/^\t+/, '') : line;
          if (shown === name) break;
          body.push(`${shown}\n`);
        }
        heredocs.push({ name, expand: quote === '', content: body.join('') });
      }
    }
    instructions.push({ keyword, flags, rest, heredocs, line: start + 1, endLine: Math.min(at + 1, lines.length) });
  }
  if (instructions.length === 0) throw dockerfileError(1, 'the Dockerfile is empty');
  return { instructions, escaping };
}

/** Directives stand before everything else, comments included. */
function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const match = directive.exec(line.trim());
    if (!match) break;
    if (match[1]?.toLowerCase() === 'escape' && (match[2] === '`' || match[2] === '\\')) return match[2];
  }
  return '\\';
}

const withFlags = new Set(['ADD', 'COPY', 'FROM', 'RUN', 'HEALTHCHECK']);

function split(whole: string): Pick<Instruction, 'keyword' | 'flags' | 'rest'> {
  const [word = '', after = ''] = cut(whole);
  const keyword = word.toUpperCase();
  const flags: [string, string][] = [];
  let rest = after;
  while (withFlags.has(keyword)) {
    const [flag = '', others = ''] = cut(rest);
    if (!flag.startsWith('--') || flag === '--') break;
    const equals = flag.indexOf('=');
    flags.push(equals < 0 ? [flag.slice(2), ''] : [flag.slice(2, equals), flag.slice(equals + 1)]);
    rest = others;
  }
  return { keyword, flags, rest };
}

function cut(text: string): [string, string] {
  const space = text.search(/\s/);
  return space < 0 ? [text, ''] : [text.slice(0, space), text.slice(space).trim()];
}

export function dockerfileError(line: number, reason: string): AppError {
  return new AppError('bad-input', `Line ${line} of the Dockerfile: ${reason}`, {
    params: { line, reason },
    hints: [loopHint('mend-dockerfile')],
  });
}
