// All contexts, live: read anew whenever any program changes any of the files.
import type { KubeconfigView } from '../../../shared/model/kubeconfig';
import { createWakeUp, whenAborted } from '../live/signal';
import type { KubeconfigOptions } from './files';
import { listContexts } from './list-contexts';
import { watchKubeconfig } from './watch';

/** Yields the present state at once and the newest after changes, until aborted. */
export async function* watchContexts(
  options: Pick<KubeconfigOptions, 'environment' | 'homeDirectory' | 'platform'>,
  signal: AbortSignal,
): AsyncGenerator<KubeconfigView, void, void> {
  const left = new AbortController();
  const until = AbortSignal.any([signal, left.signal]);
  const aborted = whenAborted(until);
  let change = createWakeUp();
  const changed = () => {
    const previous = change;
    change = createWakeUp();
    previous.wake();
  };
  watchKubeconfig(options, changed, until);
  try {
    while (!until.aborted) {
      const next = change.promise;
      yield await listContexts(options);
      await Promise.race([next, aborted]);
    }
  } finally {
    left.abort();
  }
}
