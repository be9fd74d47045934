// Output of a program: whole lines as they come, and the last bytes of it all.
import { StringDecoder } from 'node:string_decoder';

/** Calls back once per line, without its end (\n or \r\n); `end` gives the last line even when it has no end. */
export function createLineSplitter(onLine: (line: string) => void): { write(chunk: Buffer): void; end(): void } {
  const decoder = new StringDecoder('utf8');
  let partial = '';
  function push(text: string): void {
    const lines = (partial + text).split('\n');
    partial = lines.pop() ?? '';
    for (const line of lines) onLine(line.replace(/\r$/, ''));
  }
  return {
    write: (chunk) => push(decoder.write(chunk)),
    end() {
      push(decoder.end());
      if (partial !== '') onLine(partial.replace(/\r$/, ''));
      partial = '';
    },
  };
}

/** Keeps the last `cap` bytes of what is written. */
export function createTail(cap: number): { write(chunk: Buffer): void; text(): string; readonly truncated: boolean } {
  let chunks: Buffer[] = [];
  let size = 0;
  let truncated = false;

  function kept(): Buffer {
    const all = Buffer.concat(chunks);
    return all.length > cap ? all.subarray(all.length - cap) : all;
  }

  return {
    write(chunk) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > cap) truncated = true;
      // Twice the cap before cutting, so that each byte is copied about once.
      if (size > 2 * cap) {
        chunks = [Buffer.from(kept())];
        size = cap;
      }
    },
    text() {
      const bytes = kept();
      // A cut inside a character would begin with its continuation bytes.
      let start = 0;
      while (truncated && start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
      return bytes.subarray(start).toString('utf8');
    },
    get truncated() {
      return truncated;
    },
  };
}
