// The log of one container as lines, read from a cursor or a moment on, to its end or for as long as it runs.
import { AppError } from '../../../shared/model/errors';
import { createResume, type LogCursor } from '../../../shared/model/pod-logs';
import type { Kube } from '../kube/connect';
import { openRequest } from '../kube/request';
import { createLineAssembler, type StampedLine } from './lines';

export interface WantedLog {
  namespace: string;
  pod: string;
  container: string;
  follow: boolean;
  previous?: boolean;
  /** Lines from the end; undefined: all. */
  tail?: number | undefined;
  /** RFC 3339. */
  since?: string | undefined;
  /** Begins behind it. */
  after?: LogCursor | undefined;
}

/** Its container has not begun, or is not there any more: no mistake, it is looked at again when its pod changes. */
export class NotBegun extends Error {}

const keepAlive = 30_000;

/**
 * Lines as they come, some at once; ends with the container where it is followed. Throws `NotBegun`, `not-found` for a run that there was
 * not, `kubernetes-refused`.
 */
export async function* openLog(
  kube: Kube,
  wanted: WantedLog,
  signal: AbortSignal,
): AsyncGenerator<StampedLine[], void, void> {
  const response = await openRequest(kube.config, pathOf(wanted), signal, '*/*').catch((error: unknown) => {
    throw explained(error, wanted);
  });
  if (/^text\/html/.test(response.headers['content-type'] ?? '')) {
    response.destroy();
    throw refused(wanted, 'what answers is not Kubernetes');
  }
  // A computer that has slept is not told that its connections are gone.
  response.socket.setKeepAlive(true, keepAlive);
  const lines = createLineAssembler();
  const isNew = createResume(wanted.after);
  try {
    for await (const bytes of response) {
      const some = lines.take(bytes as Buffer).filter(({ at }) => isNew(at));
      if (some.length > 0) yield some;
    }
    const last = lines.end().filter(({ at }) => isNew(at));
    if (last.some(({ at, text }) => at === '' && notKept.test(text))) throw noRun(wanted, last[0]?.text);
    if (last.length > 0) yield last;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError) throw error;
    throw refused(wanted, error instanceof Error ? error.message : String(error));
  } finally {
    response.destroy();
  }
}

function pathOf({ namespace, pod, container, follow, previous, tail, since, after }: WantedLog): string {
  const query = new URLSearchParams({ container, timestamps: 'true' });
  if (follow) query.set('follow', 'true');
  if (previous) query.set('previous', 'true');
  // Kubernetes counts whole seconds: what comes twice is left out here.
  const from = after ? after.at.replace(/\.\d+/, '') : since;
  if (from !== undefined) query.set('sinceTime', from);
  if (!after && tail !== undefined) query.set('tailLines', String(tail));
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log?${query}`;
}

function explained(error: unknown, wanted: WantedLog): unknown {
  if (!(error instanceof AppError)) return error;
  const said = wordsIn(error.detail) ?? String(error.params?.reason ?? error.message);
  const { status } = error.params ?? {};
  if (status === 404) return new NotBegun(said);
  if (status === 400 && /previous terminated container/.test(said)) {
    return noRun(wanted, said);
  }
  if (status === 400 && /waiting to start|is terminated|ContainerCreating|PodInitializing|not available/.test(said)) {
    return new NotBegun(said);
  }
  const hints =
    status === 403
      ? [{ text: 'Whoever you are in this context may not read logs: ask for the right to get pods/log.' }]
      : [];
  return refused(wanted, said, typeof status === 'number' ? status : undefined, hints);
}

/** The kubelet of containerd answers so, as if the container had said it, where the container has been cleared away. */
const notKept = /^unable to retrieve container logs for /;

function noRun({ pod, container, previous }: WantedLog, detail: string | undefined): AppError {
  const what = `${previous ? 'earlier run' : 'log'} of ${container} in ${pod}`;
  return new AppError('not-found', `There is no ${what}`, {
    params: { what },
    ...(detail && { detail }),
    hints: [{ text: 'It has not restarted, or its node has not kept that log: look at the present run.' }],
  });
}

function wordsIn(detail: string | undefined): string | undefined {
  try {
    return (JSON.parse(detail ?? '') as { message?: string }).message;
  } catch {
    return undefined;
  }
}

function refused(
  { pod, container }: WantedLog,
  reason: string,
  status?: number,
  hints: { text: string }[] = [],
): AppError {
  const path = `the log of ${container} in ${pod}`;
  return new AppError('kubernetes-refused', `Kubernetes did not give ${path}: ${reason}`, {
    params: { path, reason, ...(status !== undefined && { status }) },
    hints,
  });
}
