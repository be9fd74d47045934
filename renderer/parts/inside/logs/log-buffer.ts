// The last lines of a log that a window holds: so many, the oldest go first; and those of them in which something was found. Pure.
import type { PodLogLine } from '../../../../shared/model/pod-logs';
import { plainText } from './ansi';

/** Lines that are kept: as many as can be scrolled through without a stutter. */
export const mostLines = 100_000;
/** Dropping goes by many at once: each time the whole list moves up. */
const slack = 5_000;

export interface LogBuffer {
  readonly lines: readonly PodLogLine[];
  /** How many there were before the first that is kept. */
  readonly dropped: number;
  append(lines: readonly PodLogLine[]): void;
  clear(): void;
}

export function createLogBuffer(most = mostLines, over = slack): LogBuffer {
  let lines: PodLogLine[] = [];
  let dropped = 0;
  return {
    get lines() {
      return lines;
    },
    get dropped() {
      return dropped;
    },
    append(more) {
      for (const line of more) lines.push(line);
      if (lines.length <= most + over) return;
      const gone = lines.length - most;
      lines = lines.slice(gone);
      dropped += gone;
    },
    clear() {
      dropped += lines.length;
      lines = [];
    },
  };
}

/** `/a|b/` is a regular expression, anything else is looked for as it is, small and capital letters alike. Undefined: no expression. */
export function patternOf(query: string): RegExp | undefined {
  const [, expression] = /^\/(.+)\/$/.exec(query) ?? [];
  try {
    return new RegExp(expression ?? query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
  } catch {
    return undefined;
  }
}

export interface Search {
  /** Numbers of the lines in which it is (`dropped` + index), lines that have come since included. */
  found(buffer: LogBuffer): readonly number[];
}

/** Looks at each line once. */
export function createSearch(pattern: RegExp): Search {
  let found: number[] = [];
  let next = 0;
  return {
    found({ lines, dropped }) {
      const gone = found.findIndex((number) => number >= dropped);
      if (gone !== 0) found = gone === -1 ? [] : found.slice(gone);
      let more: number[] | undefined;
      for (let number = Math.max(next, dropped); number < dropped + lines.length; number += 1) {
        pattern.lastIndex = 0;
        if (pattern.test(plainText(lines[number - dropped]?.text ?? ''))) {
          more ??= [...found];
          more.push(number);
        }
      }
      next = dropped + lines.length;
      if (more) found = more;
      return found;
    },
  };
}
