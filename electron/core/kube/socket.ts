// A WebSocket to a path of the API with a kubeconfig's credentials; what keeps it from opening in Kubernetes' own words.
import { text as readText } from 'node:stream/consumers';
import WebSocket from 'ws';
import { addressIn, messageIn, Refusal, type Way } from './request';

/** It is paused: who has it resumes it. Throws `Refusal` with what the API answered (0: nothing, the connection broke), and the signal's reason. */
export async function openSocket(
  config: Way,
  path: string,
  protocols: readonly string[],
  signal: AbortSignal,
): Promise<WebSocket> {
  signal.throwIfAborted();
  const options: Record<string, unknown> = { headers: {} };
  await config.applyToHTTPSOptions(options);
  const url = addressIn(config, path);
  const socket = new WebSocket(url.href.replace(/^http/, 'ws'), [...protocols], {
    ...options,
    perMessageDeflate: false,
  });
  return await new Promise<WebSocket>((resolve, reject) => {
    const abort = () => {
      socket.terminate();
      reject(signal.reason);
    };
    const refuse = (code: number, reason: string) => {
      signal.removeEventListener('abort', abort);
      reject(new Refusal(code, reason));
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.on('error', (error) => refuse(0, error.message));
    socket.on('unexpected-response', (_request, response) => {
      const { statusCode = 0 } = response;
      readText(response)
        .then(messageIn, () => undefined)
        .then((words) => refuse(statusCode, words ?? `HTTP ${statusCode}`))
        .finally(() => socket.terminate());
    });
    socket.on('open', () => {
      signal.removeEventListener('abort', abort);
      // Nothing is said before somebody listens.
      socket.pause();
      resolve(socket);
    });
  });
}
