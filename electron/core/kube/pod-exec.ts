// A program in a container of a pod, through the API server: its input and output as long as it runs.
import WebSocket from 'ws';
import { AppError } from '../../../shared/model/errors';
import { addressIn, type Way } from './request';

export interface PodProgram {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly command: readonly string[];
}

export interface RunningProgram {
  /** Resolves when it is on its way. Throws when the program has ended. */
  write(data: Buffer): Promise<void>;
  /** Resolves at its end: undefined when it ended well, else Kubernetes' words. Never rejects. */
  readonly ended: Promise<string | undefined>;
  /** What it said on its error stream, the end of it. */
  complaint(): string;
  close(): void;
}

/**
 * Starts it. Throws `kubernetes-refused` where the API server does not let one in. Whether the program itself could be started tells
 * `ended`. Channels of `v4.channel.k8s.io`: 0 input, 1 output, 2 errors, 3 the end, as a `Status`.
 */
export async function execInPod(
  config: Way,
  { namespace, pod, container, command }: PodProgram,
  signal: AbortSignal,
  onOutput: (text: string) => void,
): Promise<RunningProgram> {
  signal.throwIfAborted();
  const query = new URLSearchParams({ container, stdin: 'true', stdout: 'true', stderr: 'true', tty: 'false' });
  for (const word of command) query.append('command', word);
  const [inNamespace, ofPod] = [namespace, pod].map(encodeURIComponent);
  const url = addressIn(config, `/api/v1/namespaces/${inNamespace}/pods/${ofPod}/exec?${query}`);
  const options: Record<string, unknown> = { headers: {} };
  await config.applyToHTTPSOptions(options);
  const socket = new WebSocket(url.href.replace(/^http/, 'ws'), ['v4.channel.k8s.io'], {
    ...options,
    perMessageDeflate: false,
  });
  const abort = () => socket.terminate();
  signal.addEventListener('abort', abort, { once: true });
  let said = '';
  let outcome: string | undefined = 'the connection broke';
  const ended = new Promise<string | undefined>((resolve) => {
    socket.on('close', () => {
      signal.removeEventListener('abort', abort);
      resolve(outcome);
    });
  });
  socket.on('message', (data: Buffer) => {
    const text = data.subarray(1).toString('utf8');
    if (data[0] === 1 && text) onOutput(text);
    else if (data[0] === 2) said = (said + text).slice(-2000);
    else if (data[0] === 3) outcome = statusWords(text);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.on('error', (error) => reject(signal.aborted ? signal.reason : refused(pod, error.message)));
    socket.once('unexpected-response', (_request, response) => {
      reject(refused(pod, `HTTP ${response.statusCode}`));
      response.destroy();
      socket.terminate();
    });
  });
  return {
    write: (data) =>
      new Promise((resolve, reject) => {
        socket.send(Buffer.concat([Buffer.of(0), data]), (error) =>
          error ? reject(refused(pod, error.message)) : resolve(),
        );
      }),
    ended,
    complaint: () => said.trim(),
    close: () => socket.terminate(),
  };
}

function statusWords(text: string): string | undefined {
  try {
    const status = JSON.parse(text) as { status?: string; message?: string };
    return status.status === 'Success' ? undefined : (status.message ?? text);
  } catch {
    return text;
  }
}

function refused(pod: string, reason: string): AppError {
  return new AppError('kubernetes-refused', `Kubernetes does not run a program in ${pod}: ${reason}`, {
    params: { path: pod, reason },
  });
}
