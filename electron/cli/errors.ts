// Whatever a call threw, as words for a terminal and as an exit code: never a stack trace.
import { AppError, asAppError, type ErrorData, errorDataSchema, type Hint } from '../../shared/model/errors';
import type { Paint } from './output/paint';

/** `failed` also for checks with problems; `usage` for input that can never work. */
export const exitCodes = { done: 0, failed: 1, usage: 2, cancelled: 130 } as const;

export function exitCodeOf(error: ErrorData): number {
  if (error.code === 'cancelled') return exitCodes.cancelled;
  return error.code === 'bad-input' ? exitCodes.usage : exitCodes.failed;
}

/** The error of a call, whether it came as our own, over the contract, or from its validation of the input. */
export function errorDataOf(thrown: unknown): ErrorData {
  if (thrown instanceof AppError) return thrown.toData();
  const { code, data } = (thrown ?? {}) as { code?: unknown; data?: unknown };
  if (code === 'APP_ERROR') {
    const known = errorDataSchema.safeParse(data);
    if (known.success) return known.data;
  }
  if (code === 'BAD_REQUEST') return badInput(data);
  return asAppError(thrown).toData();
}

/** oRPC 1.16: the issues of a failed input validation lie in `data.issues`, with a path each. */
function badInput(data: unknown): ErrorData {
  const issues = (data as { issues?: { message?: string; path?: unknown[] }[] } | undefined)?.issues ?? [];
  const words = issues.map((issue) => {
    const path = (issue.path ?? []).join('.');
    return path === '' ? (issue.message ?? '') : `${path}: ${issue.message ?? ''}`;
  });
  return { code: 'bad-input', message: words.join('; ') || 'The input is not valid', hints: [] };
}

/** Lines for a person: what happened, the evidence, what to do next. */
export function errorLines(error: ErrorData, paint: Paint): string[] {
  const what = error.code === 'internal' ? `Unexpected: ${error.message}` : error.message;
  const lines = [`${paint.red(paint.bold('Error:'))} ${what}`];
  if (error.detail)
    lines.push(
      ...error.detail
        .trimEnd()
        .split('\n')
        .map((line) => paint.dim(`  | ${line}`)),
    );
  for (const hint of hintsOf(error)) lines.push(`  ${paint.cyan('->')} ${hintText(hint)}`);
  return lines;
}

function hintsOf(error: ErrorData): Hint[] {
  if (error.code !== 'internal' || error.hints.length > 0) return error.hints;
  return [{ text: 'This is a mistake of Boathouse. BOATHOUSE_DEBUG=1 shows where it happened' }];
}

function hintText(hint: Hint): string {
  const command = hint.action && commandOf(hint.action.call, hint.action.input);
  return [hint.text, command && `: ${command}`, hint.url && ` (${hint.url})`].filter(Boolean).join('');
}

/** The command that does what a hint's button does; undefined for calls without one. */
export function commandOf(call: string, input: unknown): string | undefined {
  const { name, id } = (input ?? {}) as { name?: unknown; id?: unknown };
  const verb = /^clusters\.(start|stop|delete|cleanup|kubeconfig)$/.exec(call)?.[1];
  if (verb && typeof name === 'string') return `boathouse ${verb} ${name}`;
  if (call === 'clusters.get' && typeof name === 'string') return `boathouse status ${name}`;
  if (call === 'kubeconfig.use' && typeof name === 'string') return `boathouse use ${name}`;
  if (call === 'diagnostics.fix' && typeof id === 'string') return 'boathouse doctor --fix';
  if (call === 'diagnostics.checks') return 'boathouse doctor';
  return call === 'clusters.list' ? 'boathouse list' : undefined;
}

/** Where an error came from, with its causes: for those who look for a mistake of ours. */
export function stackLines(thrown: unknown): string[] {
  if (!(thrown instanceof Error)) return [String(thrown)];
  const own = (thrown.stack ?? thrown.message).split('\n');
  if (thrown.cause === undefined) return own;
  const [first = '', ...rest] = stackLines(thrown.cause);
  return [...own, `caused by ${first}`, ...rest];
}
