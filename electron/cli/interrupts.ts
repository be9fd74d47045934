// Ctrl-C and its relatives: the first asks to stop and undo, the second leaves at once.
import { AppError } from '../../shared/model/errors';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interrupts {
  /** Aborted with a `cancelled` error at the first signal. */
  readonly signal: AbortSignal;
  dispose(): void;
}

/** @param leave called at the second signal; expected to end the process */
export function listenForInterrupts(leave: () => void, source: NodeJS.EventEmitter = process): Interrupts {
  const first = new AbortController();
  const onSignal = () => {
    if (first.signal.aborted) leave();
    else first.abort(new AppError('cancelled', 'Cancelled'));
  };
  for (const name of signals) source.on(name, onSignal);
  return {
    signal: first.signal,
    dispose() {
      for (const name of signals) source.off(name, onSignal);
    },
  };
}
