// A strict reader of JSON lines: what is cut off, is not JSON, or carries an error is never mistaken for success.
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** The stream ended in the middle of a line. */
export class TruncatedStreamError extends Error {
  override readonly name = 'TruncatedStreamError';
}

/** A line that is not JSON. */
export class MalformedLineError extends Error {
  override readonly name = 'MalformedLineError';
}

/** The engine reported an error inside a stream that had begun with success (`errorDetail`, `error`). */
export class InlineError extends Error {
  override readonly name = 'InlineError';
}

/** A line longer than this (16 MiB of characters) is no progress message. */
const longestLine = 16 * 1024 * 1024;

/**
 * The values of a stream of JSON documents, one per line; blank lines are skipped. The stream is destroyed when the reader stops.
 * @throws InlineError, MalformedLineError, TruncatedStreamError; the signal's reason when aborted; the stream's own error
 */
export async function* readJsonLines(
  stream: Readable,
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<unknown, void, void> {
  const { signal } = options;
  const abort = () => stream.destroy();
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  const decoder = new StringDecoder('utf8');
  let partial = '';
  try {
    signal?.throwIfAborted();
    for await (const chunk of stream) {
      const lines = (partial + decoder.write(chunk as Buffer)).split('\n');
      partial = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') yield parseLine(line);
      if (partial.length > longestLine) throw new MalformedLineError(`A line is longer than ${longestLine} characters`);
    }
    signal?.throwIfAborted();
    partial += decoder.end();
    // Engines end the last line too; one that is whole JSON without its end is let through.
    if (partial.trim() !== '') yield parseLast(partial);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
    stream.destroy();
  }
}

function parseLine(line: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new MalformedLineError(`Not JSON: ${line.slice(0, 200)}`, { cause: error });
  }
  const words = errorIn(value);
  if (words !== undefined) throw new InlineError(words);
  return value;
}

function parseLast(text: string): unknown {
  try {
    return parseLine(text);
  } catch (error) {
    if (error instanceof InlineError) throw error;
    throw new TruncatedStreamError(`The stream ended in the middle of a line: ${text.slice(0, 200)}`, { cause: error });
  }
}

function errorIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { errorDetail, error } = value as { errorDetail?: unknown; error?: unknown };
  if (typeof errorDetail === 'object' && errorDetail !== null && 'message' in errorDetail)
    return String(errorDetail.message);
  return typeof error === 'string' ? error : undefined;
}
