// Bytes of a container's log to its lines, each with its moment: whatever way they come in, and with bounded memory. Pure.
import { StringDecoder } from 'node:string_decoder';

export interface StampedLine {
  /** RFC 3339 with nanoseconds; '' where a node has given none. */
  at: string;
  text: string;
}

/** Characters of one line; what is longer is cut: a line of megabytes is no line that anybody reads. */
export const longestLine = 32 * 1024;

const cut = ' …';
const stamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) ?/;

export interface LineAssembler {
  /** The lines that are whole with these bytes. */
  take(bytes: Buffer): StampedLine[];
  /** What is left when no more bytes come. */
  end(): StampedLine[];
}

/** For logs that were asked for with `timestamps=true`. */
export function createLineAssembler(): LineAssembler {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let tooLong = false;

  function whole(): StampedLine {
    const line = tooLong ? rest + cut : rest;
    rest = '';
    tooLong = false;
    return stamped(line.endsWith('\r') ? line.slice(0, -1) : line);
  }

  function keep(text: string): void {
    if (tooLong) return;
    rest += text;
    if (rest.length <= longestLine) return;
    rest = rest.slice(0, longestLine);
    tooLong = true;
  }

  function lines(text: string): StampedLine[] {
    const found: StampedLine[] = [];
    let from = 0;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
      keep(text.slice(from, at));
      found.push(whole());
      from = at + 1;
    }
    keep(text.slice(from));
    return found;
  }

  return {
    take: (bytes) => lines(decoder.write(bytes)),
    end() {
      const found = lines(decoder.end());
      return rest === '' ? found : [...found, whole()];
    },
  };
}

function stamped(line: string): StampedLine {
  const found = stamp.exec(line);
  return found ? { at: found[1] ?? '', text: line.slice(found[0].length) } : { at: '', text: line };
}
