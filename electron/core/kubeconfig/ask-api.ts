// One small request to whatever answers at a context's address: its status, its text, and the certificate that it shows.
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Way } from '../kube/request';

export interface ApiAnswer {
  status: number;
  /** At most the first 64 kB. */
  text: string;
  milliseconds: number;
  /** When the server's certificate stops to be valid (RFC 3339). */
  certificateUntil?: string;
}

const longestAnswer = 64 * 1024;

/** Asks with the credentials of the current context. Throws what the connection says, and the signal's reason. */
export async function askApi(config: Way, path: string, signal: AbortSignal, object?: object): Promise<ApiAnswer> {
  signal.throwIfAborted();
  const url = new URL((config.getCurrentCluster()?.server ?? '').replace(/\/+$/, '') + path);
  const headers = { accept: 'application/json', ...(object && { 'content-type': 'application/json' }) };
  const options = { method: object ? 'POST' : 'GET', headers, signal };
  await config.applyToHTTPSOptions(options);
  const begun = performance.now();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = url.protocol === 'http:' ? httpRequest : httpsRequest;
    const outgoing = request(url, options, resolve);
    outgoing.once('error', (error) => reject(signal.aborted ? signal.reason : error));
    outgoing.end(object && JSON.stringify(object));
  });
  const certificate = (response.socket as Partial<TLSSocket>).getPeerCertificate?.();
  const text = await beginningOf(response);
  const until = certificate?.valid_to ? new Date(certificate.valid_to) : undefined;
  return {
    status: response.statusCode ?? 0,
    text,
    milliseconds: Math.max(1, Math.round(performance.now() - begun)),
    ...(until && !Number.isNaN(until.getTime()) && { certificateUntil: until.toISOString() }),
  };
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= longestAnswer) break;
  }
  response.destroy();
  return Buffer.concat(chunks).toString('utf8').slice(0, longestAnswer);
}
