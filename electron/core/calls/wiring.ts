// What the calls of every room are made of: the contract, the parts that do the work, and how errors and streams leave.
import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../../shared/contract';
import { asAppError } from '../../../shared/model/errors';
import type { Parts } from '../parts';

export type Wiring = ReturnType<typeof wiringOf>;

/** `api` is the contract to implement: whatever a handler throws leaves as an explained error. */
export function wiringOf(parts: Parts) {
  const { log } = parts.options;
  const api = implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw wireError(error, log);
    }
  });

  /** A stream whose errors leave explained, too. */
  async function* explained<Item>(items: AsyncGenerator<Item, void, void>): AsyncGenerator<Item, void, void> {
    try {
      yield* items;
    } catch (error) {
      throw wireError(error, log);
    }
  }

  return { api, parts, explained, lasting };
}

/** The signal of a call; of one that nobody aborts from outside, a signal that never comes. */
function lasting(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal;
}

/** An error as the contract declares it; a bug of ours keeps its stack in the log only. */
function wireError(error: unknown, log: (line: string) => void): ORPCError<'APP_ERROR', unknown> {
  if (error instanceof ORPCError) return error as ORPCError<'APP_ERROR', unknown>;
  const known = asAppError(error);
  if (known.code === 'internal') log(String(known.cause instanceof Error ? known.cause.stack : error));
  return new ORPCError('APP_ERROR', { defined: true, status: 500, message: known.message, data: known.toData() });
}

/** Bytes as they cross the wire. */
export async function* inBase64(chunks: AsyncIterable<Buffer>): AsyncGenerator<{ base64: string }, void, void> {
  for await (const chunk of chunks) yield { base64: chunk.toString('base64') };
}
