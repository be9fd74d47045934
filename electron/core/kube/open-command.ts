// Opens a command in a container, or the terminal of a container itself; what keeps it from opening is explained.
import { AppError } from '../../../shared/model/errors';
import { commandOver, commandProtocols, type RunningCommand } from './command';
import type { Kube } from './connect';
import { Refusal } from './request';
import { openSocket } from './socket';

export interface ContainerPlace {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** Throws `kubernetes-refused`, `not-found`. */
export async function openCommand(
  kube: Kube,
  { namespace, pod, container }: ContainerPlace,
  command: readonly string[] | 'attach',
  tty: boolean,
  signal: AbortSignal,
): Promise<RunningCommand> {
  const query = new URLSearchParams({
    container,
    stdin: 'true',
    stdout: 'true',
    stderr: String(!tty),
    tty: String(tty),
  });
  if (command !== 'attach') for (const word of command) query.append('command', word);
  const verb = command === 'attach' ? 'attach' : 'exec';
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/${verb}?${query}`;
  try {
    return commandOver(await openSocket(kube.config, path, commandProtocols, signal));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const what = `${pod}/${container}`;
    if (error.code === 404) throw new AppError('not-found', `There is no ${what} any more`, { params: { what } });
    const hints =
      error.code === 403
        ? [{ text: `Whoever you are in this context may not do it: ask for the right to create pods/${verb}.` }]
        : [];
    throw new AppError('kubernetes-refused', `Kubernetes does not run commands in ${what}: ${error.message}`, {
      params: { path: what, reason: error.message, status: error.code },
      hints,
    });
  }
}
