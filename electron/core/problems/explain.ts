// Turns the raw words of a failure into what happened, why, and what to do next.
import { AppError } from '../../../shared/model/errors';
import { problemIn } from './catalogue';

export interface FailureContext {
  cluster: string;
  /** The nodes were left in place for a look. */
  kept: boolean;
}

/**
 * The error with code, message and hints from the catalogue when it says only where it failed and its words are known; and
 * what can be done with what was kept.
 */
export function explainFailure(error: AppError, context: FailureContext): AppError {
  const problem = isVague(error) ? problemIn(`${error.message}\n${error.detail ?? ''}`) : undefined;
  const keepHints = context.kept
    ? [
        { text: `The nodes were kept. Look inside with: docker exec -it ${context.cluster}-control-plane bash` },
        {
          text: `Remove them with: boathouse cleanup ${context.cluster}`,
          action: { call: 'clusters.cleanup', input: { name: context.cluster } },
        },
      ]
    : [];
  return new AppError(problem?.code ?? error.code, problem?.message ?? error.message, {
    ...(error.params && { params: error.params }),
    detail: [problem ? error.message : '', error.detail ?? ''].filter((text) => text !== '').join('\n'),
    hints: [...(problem?.hints ?? []), ...error.hints, ...keepHints],
    cause: error,
  });
}

/** Codes that say only where it failed, not why. */
function isVague(error: AppError): boolean {
  return ['exec-failed', 'engine-refused', 'not-ready', 'node-boot-failed', 'internal'].includes(error.code);
}
