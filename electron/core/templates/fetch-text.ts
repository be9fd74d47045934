// Fetches a text from an address that somebody else chose: https and public addresses only, small, and soon.
import { lookup as systemLookup } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP } from 'node:net';
import { AppError, isAbort } from '../../../shared/model/errors';
import { isPublicAddress } from './public-address';

export interface FetchOptions {
  /** Bytes at most. */
  limit: number;
  /** Milliseconds at most, redirects included. */
  time: number;
  signal: AbortSignal;
  /** For tests: addresses of a name, which addresses may be asked, and an authority besides the usual ones. */
  resolve?: (name: string) => Promise<string[]>;
  allowed?: (address: string) => boolean;
  ca?: string;
}

const mostRedirects = 5;

/**
 * The text behind an address, and the address that gave it after redirects.
 * The name is resolved once and the connection goes to that address, so that it cannot mean another one a moment later.
 * Throws `address-refused`, also for redirects to http or into a private network; `download-failed`; `cancelled`.
 */
export async function fetchText(url: string, options: FetchOptions): Promise<{ text: string; url: string }> {
  const limit = AbortSignal.timeout(options.time);
  const signal = AbortSignal.any([options.signal, limit]);
  let here = url;
  try {
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const answer = await ask(allowedUrl(here), { ...options, signal });
      if ('text' in answer) return { text: answer.text, url: here };
      here = new URL(answer.redirect, here).href;
    }
    throw failed(url, `it redirects more than ${mostRedirects} times`);
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (limit.aborted) throw failed(here, `nothing came of it in ${options.time / 1000} s`, error);
    if (isAbort(error)) throw error;
    throw failed(here, error instanceof Error ? error.message : String(error), error);
  }
}

function allowedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:') throw refused(text, 'only https addresses are fetched');
  if (url.username || url.password)
    throw refused(`${url.origin}/...`, 'an address with a password in it is not fetched');
  return url;
}

async function addressOf(
  url: URL,
  { resolve = systemAddresses, allowed = isPublicAddress }: FetchOptions,
): Promise<string> {
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(name) ? [name] : await resolve(name);
  const [first] = addresses;
  if (first === undefined) throw failed(url.href, `${name} has no address`);
  const inside = addresses.find((address) => !allowed(address));
  if (inside !== undefined)
    throw refused(url.href, `${name} is ${inside}, which is not an address of the public internet`);
  return first;
}

async function systemAddresses(name: string): Promise<string[]> {
  return (await systemLookup(name, { all: true })).map(({ address }) => address);
}

async function ask(url: URL, options: FetchOptions): Promise<{ text: string } | { redirect: string }> {
  const address = await addressOf(url, options);
  options.signal.throwIfAborted();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const family = isIP(address);
    request(url, {
      // The address that was looked at, whatever the name means by now.
      lookup: (_name, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family)),
      headers: {
        accept: 'application/yaml, text/plain, */*',
        'accept-encoding': 'identity',
        'user-agent': 'boathouse',
      },
      agent: false,
      signal: options.signal,
      ...(options.ca && { ca: options.ca }),
    })
      .on('response', resolve)
      .on('error', reject)
      .end();
  });
  try {
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location) return { redirect: headers.location };
    if (statusCode !== 200)
      throw failed(url.href, `it answers ${statusCode} ${response.statusMessage ?? ''}`.trimEnd());
    return { text: await textOf(response, url, options.limit) };
  } finally {
    response.destroy();
  }
}

async function textOf(response: IncomingMessage, url: URL, limit: number): Promise<string> {
  const parts: Buffer[] = [];
  let size = Number(response.headers['content-length'] ?? 0);
  const refuseLarge = () => {
    if (size > limit) throw failed(url.href, `it is larger than ${(limit / 1e6).toFixed(1)} MB`);
  };
  refuseLarge();
  size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    refuseLarge();
    parts.push(part);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw failed(url.href, 'it is not a text');
  }
}

function refused(url: string, why: string): AppError {
  return new AppError('address-refused', `${url} is not fetched: ${why}`, {
    params: { url, why },
    hints: [{ text: 'Download it yourself, look at it, and import the file.' }],
  });
}

function failed(url: string, why: string, cause?: unknown): AppError {
  return new AppError('download-failed', `${url} could not be downloaded: ${why}`, {
    params: { url, why },
    hints: [{ text: 'Try again, or download it yourself and import the file.' }],
    cause,
  });
}
