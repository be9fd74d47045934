// One request to a cluster's API with a kubeconfig's credentials: a stream of its body, or an explained refusal.
import { setMaxListeners } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { text as readText } from 'node:stream/consumers';
import { AppError, type Hint } from '../../../shared/model/errors';

/** Where an API is and how one gets in: the library's `KubeConfig`, or what `wayOf` makes of a kubeconfig's fields. */
export interface Way {
  getCurrentCluster(): { server: string } | null;
  applyToHTTPSOptions(options: RequestOptions): Promise<void>;
}

/** Where a path of the API is. A context's server may end with a slash, have a path of its own, and speak plain HTTP (`kubectl proxy`). */
export function addressIn(config: Way, path: string): URL {
  return new URL((config.getCurrentCluster()?.server ?? '').replace(/\/+$/, '') + path);
}

/** Milliseconds until an answer begins: Kubernetes itself gives up after a minute. */
const longestSilence = 65_000;

interface Question {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
  /** Milliseconds until the answer begins; for ever where nothing is said, as watches may be silent. */
  limit?: number;
}

async function ask(
  config: Way,
  { method, path, headers, body, limit }: Question,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  signal.throwIfAborted();
  // Many questions may listen to one signal.
  setMaxListeners(0, signal);
  const url = addressIn(config, path);
  // Node says no length of a DELETE's body by itself: the server would take it for the next request of the connection.
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const options = { method, headers: { ...headers, ...length }, signal };
  await config.applyToHTTPSOptions(options);
  return await new Promise<IncomingMessage>((resolve, reject) => {
    const request = url.protocol === 'http:' ? httpRequest : httpsRequest;
    const outgoing = request(url, options, (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    const timer = limit === undefined ? undefined : setTimeout(() => outgoing.destroy(silence(limit)), limit);
    outgoing.once('error', (error) => {
      clearTimeout(timer);
      reject(signal.aborted ? signal.reason : error);
    });
    outgoing.end(body);
  });
}

function silence(limit: number): Error {
  return Object.assign(new Error(`it has not answered for ${Math.round(limit / 1000)} s`), { code: 'ETIMEDOUT' });
}

/** Opens a GET; throws `kubernetes-refused` for an error status or no answer, and the signal's reason when aborted. */
export async function openRequest(
  config: Way,
  path: string,
  signal: AbortSignal,
  accept = 'application/json',
  limit?: number,
): Promise<IncomingMessage> {
  const question = { method: 'GET', path, headers: { accept }, ...(limit !== undefined && { limit }) };
  const response = await ask(config, question, signal).catch((error: Error) => {
    signal.throwIfAborted();
    throw refused(path, error.message);
  });
  if (response.statusCode === 200) return response;
  const [status = 0, text] = [response.statusCode, await readText(response)];
  const words = isPage(text) ? pageWords(status, text) : (statusIn(text)?.message ?? `HTTP ${status}`);
  throw refused(path, words, text, status);
}

/** The body of a GET: parsed where it is JSON, else its text. */
export async function getBody<Body>(
  config: Way,
  path: string,
  signal: AbortSignal,
  limit = longestSilence,
): Promise<Body> {
  const text = await readText(await openRequest(config, path, signal, 'application/json', limit));
  if (isPage(text)) throw refused(path, pageWords(200, text));
  return (text.startsWith('{') ? JSON.parse(text) : text) as Body;
}

/** One of the reasons in a `Status` of Kubernetes. */
export interface Cause {
  reason?: string;
  message?: string;
  field?: string;
}

/** What Kubernetes says to a request that it does not do; `code` is HTTP's. */
export class Refusal extends Error {
  readonly code: number;
  readonly causes: readonly Cause[];

  constructor(code: number, message: string, causes: readonly Cause[] = []) {
    super(message);
    this.code = code;
    this.causes = causes;
  }
}

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  object?: object;
  /** What kind of patch it is: RFC 7386 where nothing is said. */
  type?: string;
  /** Another form of the answer, such as of metadata alone. */
  accept?: string;
}

/**
 * Sends an object as it is and returns what is answered: the library's own calls drop fields whose names it knows under other ones,
 * such as `default` and `x-kubernetes-*` of schemas or `from` of network policies. Throws `Refusal`, and what the connection says when it breaks.
 */
export async function sendCall<Body>(
  config: Way,
  call: Call,
  signal: AbortSignal,
  limit = longestSilence,
): Promise<Body> {
  const { method, path, object } = call;
  const type = call.type ?? (method === 'PATCH' ? 'application/merge-patch+json' : 'application/json');
  const headers = { accept: call.accept ?? 'application/json', ...(object && { 'content-type': type }) };
  const response = await ask(
    config,
    { method, path, headers, limit, ...(object && { body: JSON.stringify(object) }) },
    signal,
  );
  const text = await readText(response);
  const { statusCode = 0 } = response;
  if (isPage(text)) throw new Refusal(statusCode < 300 ? 502 : statusCode, pageWords(statusCode, text));
  if (statusCode < 200 || statusCode >= 300) throw refusalIn(statusCode, text);
  return (text.startsWith('{') ? JSON.parse(text) : text) as Body;
}

/** What stands between us and Kubernetes, such as a proxy that wants a sign-in, answers with pages for browsers. */
function isPage(text: string): boolean {
  return /^\s*<(!doctype|html|head|\?xml)/i.test(text);
}

function pageWords(status: number, page: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(page)?.[1]?.trim();
  return `not Kubernetes but a web page answered (HTTP ${status}${title ? `, "${title.slice(0, 100)}"` : ''})`;
}

/** The words of a `Status` of Kubernetes, or what else was answered. */
export function messageIn(text: string): string | undefined {
  return statusIn(text)?.message ?? (text.trim().slice(0, 500) || undefined);
}

function refusalIn(code: number, text: string): Refusal {
  return new Refusal(code, messageIn(text) ?? `HTTP ${code}`, statusIn(text)?.details?.causes ?? []);
}

function statusIn(text: string): { message?: string; details?: { causes?: Cause[] } } | undefined {
  try {
    return JSON.parse(text) as ReturnType<typeof statusIn>;
  } catch {
    return undefined;
  }
}

const nextSteps: Record<number, string> = {
  401: 'Its credentials are not taken (any more). See which: boathouse kubeconfig check CONTEXT',
  403: 'Whom the context signs in as may not do that. See what one may: kubectl auth can-i --list',
  429: 'The API server has too much to do at the moment. Try again a little later.',
};

/** The next step after an HTTP status, where there is one. */
export function hintsFor(status: number | undefined): Hint[] {
  const text = nextSteps[status ?? 0];
  return text === undefined ? [] : [{ text }];
}

function refused(path: string, reason: string, detail?: string, status?: number): AppError {
  return new AppError('kubernetes-refused', `Kubernetes did not answer ${path}: ${reason}`, {
    params: { path, reason, ...(status !== undefined && { status }) },
    ...(detail && { detail }),
    hints: hintsFor(status),
  });
}
