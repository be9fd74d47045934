// What Kubernetes says to a call that it does not do, in words, with the next step where there is one.
import { AppError } from '../../../shared/model/errors';
import { hintsFor, Refusal } from './request';

/** `what`: that was asked for, as in `deployment web`. What is explained already stays, and a bug of ours stays one. */
export function asRefused(error: unknown, what: string): unknown {
  if (error instanceof Refusal) {
    if (error.code === 404) return new AppError('not-found', `There is no ${what}`, { params: { what } });
    return refused(what, error.message, error.code, error);
  }
  if (error instanceof AppError || !(error instanceof Error) || error.name === 'AbortError') return error;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? refused(what, error.message, undefined, error) : error;
}

function refused(what: string, reason: string, status: number | undefined, cause: unknown): AppError {
  return new AppError('kubernetes-refused', `Kubernetes refused ${what}: ${reason}`, {
    params: { path: what, reason, ...(status !== undefined && { status }) },
    hints: hintsFor(status),
    cause,
  });
}
