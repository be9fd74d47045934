// What Kubernetes says to a call that it does not do, in words, with the next step where there is one.
import { AppError, type Hint } from '../../../shared/model/errors';
import { Refusal } from './request';

const hints: Record<number, string> = {
  401: 'Its credentials are not taken (any more). See which: boathouse kubeconfig check CONTEXT',
  403: 'Whom the context signs in as may not do that. See what one may: kubectl auth can-i --list',
  429: 'The API server has too much to do at the moment. Try again a little later.',
};

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
  const text = hints[status ?? 0];
  const next: Hint[] = text === undefined ? [] : [{ text }];
  return new AppError('kubernetes-refused', `Kubernetes refused ${what}: ${reason}`, {
    params: { path: what, reason, ...(status !== undefined && { status }) },
    hints: next,
    cause,
  });
}
