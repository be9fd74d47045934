// What can go wrong, as data: a closed set of codes, words, and hints that say what to do next.
import { z } from 'zod';
import { remarkSchema } from './sentence';

export const errorCodes = [
  'bad-input',
  'name-taken',
  'not-found',
  'busy',
  'cancelled',
  'disconnected',
  'engine-unreachable',
  'engine-refused',
  'engine-unsupported',
  'image-missing',
  'image-pull-failed',
  'port-taken',
  'out-of-memory',
  'out-of-disk',
  'too-many-open-files',
  'subnet-taken',
  'node-boot-failed',
  'control-plane-failed',
  'not-ready',
  'exec-failed',
  'kubeconfig-locked',
  'kubeconfig-unwritable',
  'kubeconfig-invalid',
  'kubeconfig-foreign-entry',
  'kubernetes-refused',
  'registry-unreachable',
  'credentials-refused',
  'program-missing',
  'not-possible',
  'not-confirmed',
  'field-conflict',
  'changed-meanwhile',
  'template-unknown',
  'template-invalid',
  'template-unsupported',
  'template-changed',
  'template-unwritable',
  'image-invalid',
  'image-platform',
  'download-failed',
  'download-differs',
  'address-refused',
  'interrupted',
  'internal',
] as const;

export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** A call that a hint offers as a button: its name in the contract and its input. */
const hintActionSchema = z.object({ call: z.string(), input: z.unknown() });

export const hintSchema = remarkSchema.extend({
  action: hintActionSchema.optional(),
  url: z.url().optional(),
});
export type Hint = z.infer<typeof hintSchema>;

/**
 * An error as it crosses the wire and as it is kept with an operation.
 * `message` is English; `params` fill the translated words for `code`; `detail` is evidence (output of a program), verbatim.
 */
export const errorDataSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  detail: z.string().optional(),
  hints: z.array(hintSchema),
});
export type ErrorData = z.infer<typeof errorDataSchema>;

type ErrorExtras = Partial<Pick<ErrorData, 'detail' | 'params' | 'hints'>> & { cause?: unknown };

/** The only error that users meet. Anything else that is thrown is a bug of ours and is shown as `internal`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly params: ErrorData['params'];
  readonly hints: Hint[];

  constructor(code: ErrorCode, message: string, extras: ErrorExtras = {}) {
    super(message, { cause: extras.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = extras.detail;
    this.params = extras.params;
    this.hints = extras.hints ?? [];
  }

  toData(): ErrorData {
    return {
      code: this.code,
      message: this.message,
      hints: this.hints,
      ...(this.params && { params: this.params }),
      ...(this.detail && { detail: this.detail }),
    };
  }
}

/** True for an aborted signal's reason in any of the shapes that Node and the libraries give it. */
export function isAbort(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'cancelled';
  return error instanceof Error && (error.name === 'AbortError' || (error as { code?: unknown }).code === 'ABORT_ERR');
}

/** Any thrown value as an AppError; what is not one already becomes `internal` (or `cancelled` for an abort). */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isAbort(error)) return new AppError('cancelled', 'Cancelled', { cause: error });
  const message = error instanceof Error ? error.message : String(error);
  return new AppError('internal', message, { cause: error });
}
