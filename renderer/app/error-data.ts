// Turns whatever a call threw into the error data that screens show.
import { ORPCError } from '@orpc/client';
import { type ErrorData, errorDataSchema, isAbort } from '../../shared/model/errors';

/** The error for calls made, or still open, while there is no channel to the core. */
export function disconnected(): ErrorData {
  return { code: 'disconnected', message: 'The connection to Boathouse is lost', hints: [] };
}

/** `AppError`s arrive as oRPC's `APP_ERROR`; a refused input as its `BAD_REQUEST`; anything else is the channel's end or our bug. */
export function errorDataOf(error: unknown): ErrorData {
  if (isAbort(error)) return { code: 'cancelled', message: 'Cancelled', hints: [] };
  if (error instanceof ORPCError) {
    const data = errorDataSchema.safeParse(error.data);
    if (data.success) return data.data;
    if (error.code === 'BAD_REQUEST') return { code: 'bad-input', message: error.message, hints: [] };
    return { code: 'internal', message: error.message, hints: [] };
  }
  return disconnected();
}
