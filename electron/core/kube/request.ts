// One HTTPS request to a cluster's API with a kubeconfig's credentials: a stream of its body, or an explained refusal.
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { text as readText } from 'node:stream/consumers';
import { AppError } from '../../../shared/model/errors';

/** Where an API is and how one gets in: the library's `KubeConfig`, or what `readerOf` makes of a kubeconfig. */
export interface Way {
  getCurrentCluster(): { server: string } | null;
  applyToHTTPSOptions(options: RequestOptions): Promise<void>;
}

/** Opens a GET; throws `kubernetes-refused` for an error status or no answer, and the signal's reason when aborted. */
export async function openRequest(config: Way, path: string, signal: AbortSignal): Promise<IncomingMessage> {
  signal.throwIfAborted();
  const url = new URL((config.getCurrentCluster()?.server ?? '') + path);
  const options = { method: 'GET', headers: { accept: 'application/json' }, signal };
  await config.applyToHTTPSOptions(options);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = httpsRequest(url, options, resolve);
    outgoing.once('error', (error) => reject(signal.aborted ? signal.reason : refused(path, error.message)));
    outgoing.end();
  });
  if (response.statusCode === 200) return response;
  throw refused(path, `HTTP ${response.statusCode}`, await readText(response));
}

/** The body of a GET: parsed where it is JSON, else its text. */
export async function getBody<Body>(config: Way, path: string, signal: AbortSignal): Promise<Body> {
  const text = await readText(await openRequest(config, path, signal));
  return (text.startsWith('{') ? JSON.parse(text) : text) as Body;
}

/** What Kubernetes says to a request that it does not do; `code` is HTTP's. */
export class Refusal extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Sends an object as it is: the library's own calls drop fields whose names it knows under other ones, such as `default` and
 * `x-kubernetes-*` of schemas or `from` of network policies. Throws `Refusal`, and what the connection says when it breaks.
 */
export async function sendObject(
  config: Way,
  { method, path, object }: { method: 'POST' | 'PATCH'; path: string; object: object },
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const url = new URL((config.getCurrentCluster()?.server ?? '') + path);
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const options = { method, headers: { accept: 'application/json', 'content-type': type }, signal };
  await config.applyToHTTPSOptions(options);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpsRequest(url, options, resolve).once('error', reject).end(JSON.stringify(object));
  });
  const text = await readText(response);
  const { statusCode = 0 } = response;
  if (statusCode < 200 || statusCode >= 300) throw new Refusal(statusCode, messageIn(text) ?? `HTTP ${statusCode}`);
}

/** The words of a `Status` of Kubernetes. */
function messageIn(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { message?: string }).message;
  } catch {
    return text.trim().slice(0, 500) || undefined;
  }
}

function refused(path: string, reason: string, detail?: string): AppError {
  return new AppError('kubernetes-refused', `Kubernetes did not answer ${path}: ${reason}`, {
    params: { path, reason },
    ...(detail && { detail }),
  });
}
