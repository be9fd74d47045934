// Fetching from addresses that somebody else chose, against a real server with a certificate of its own authority.
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/model/errors';
import { createAuthority, issue } from '../clusters/providers/kubeadm/certificate';
import { fetchText } from './fetch-text';

const [begin, end] = [new Date('2020-01-01T00:00:00Z'), new Date('2049-01-01T00:00:00Z')];
const authority = createAuthority('test', begin, end);
const leaf = issue(authority, {
  subject: { commonName: 'templates.example' },
  usages: ['server'],
  alternativeNames: ['templates.example'],
  notAfter: end,
});
const large = 'x'.repeat(2000);

let server: Server;
let port: number;
let asked: string[];

beforeAll(async () => {
  server = createServer({ key: leaf.key, cert: leaf.certificate }, (request, response) => {
    const path = request.url ?? '';
    asked.push(`${request.headers.host} ${path}`);
    const redirect = /^\/to\/(.*)$/.exec(path)?.[1];
    if (redirect) response.writeHead(302, { location: decodeURIComponent(redirect) }).end();
    else if (path === '/again') response.writeHead(307, { location: '/again' }).end();
    else if (path === '/large') response.end(large);
    else if (path === '/endless') for (let part = 0; part < 20; part += 1) response.write('x'.repeat(100));
    else if (path === '/silent') response.write('a');
    else if (path === '/binary') response.end(Buffer.from([0xff, 0xfe, 0]));
    else if (path === '/gone') response.writeHead(404).end();
    else response.end('kind: ClusterTemplate # ✓\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const names: Record<string, string[]> = {
  'templates.example': ['127.0.0.1'],
  'inside.example': ['10.0.0.7'],
  'half.example': ['127.0.0.1', '192.168.0.1'],
  'nothing.example': [],
};

/** Fetches with this computer counted as public, and with names of our own. */
function get(url: string, more: { signal?: AbortSignal; time?: number } = {}) {
  asked = [];
  return fetchText(url.replace(':PORT', `:${port}`), {
    limit: 1000,
    time: more.time ?? 10_000,
    signal: more.signal ?? new AbortController().signal,
    resolve: async (name) => names[name] ?? [],
    allowed: (address) => address === '127.0.0.1',
    ca: authority.certificate,
  });
}

async function errorOf(answer: Promise<unknown>): Promise<AppError> {
  const error = await answer.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`expected an explained error, not ${error}`);
  return error;
}

it('gives the text, asked of the address that was looked at', async () => {
  const { text, url } = await get('https://templates.example:PORT/a.yaml');
  expect(text).toBe('kind: ClusterTemplate # ✓\n');
  expect(url).toBe(`https://templates.example:${port}/a.yaml`);
  expect(asked).toEqual([`templates.example:${port} /a.yaml`]);
});

it('follows redirects within https and the public internet', async () => {
  const { url } = await get('https://templates.example:PORT/to/%2Fb.yaml');
  expect(url).toBe(`https://templates.example:${port}/b.yaml`);
});

describe('refuses', () => {
  it.each([
    ['http', 'http://templates.example/a.yaml', 'only https'],
    ['files', 'file:///etc/passwd', 'only https'],
    ['what is no address', 'templates', 'only https'],
    ['passwords', 'https://ana:secret@templates.example/', 'password'],
    ['private names', 'https://inside.example/', '10.0.0.7'],
    ['names of which one address is private', 'https://half.example/', '192.168.0.1'],
    ['private addresses', 'https://10.0.0.7/', '10.0.0.7'],
    ['IPv6 addresses of this computer', 'https://[::1]/', '::1'],
    ['addresses in disguise', 'https://0x0a000007/', '10.0.0.7'],
    [
      'a redirect to http',
      `https://templates.example:PORT/to/${encodeURIComponent('http://templates.example/')}`,
      'only https',
    ],
    [
      'a redirect to a private address',
      `https://templates.example:PORT/to/${encodeURIComponent('https://inside.example/')}`,
      '10.0.0.7',
    ],
  ])('%s', async (_what, url, words) => {
    const error = await errorOf(get(url));
    expect(error.code).toBe('address-refused');
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('secret');
    expect(asked.filter((line) => !line.includes('/to/'))).toEqual([]);
  });

  it('everything but the public internet, unless told otherwise', async () => {
    const signal = new AbortController().signal;
    const error = await errorOf(fetchText(`https://127.0.0.1:${port}/`, { limit: 1, time: 1000, signal }));
    expect(error.code).toBe('address-refused');
  });
});

describe('fails for', () => {
  it.each([
    ['what is too large', '/large', 'larger than 0.0 MB'],
    ['what never ends', '/endless', 'larger than 0.0 MB'],
    ['what is not a text', '/binary', 'not a text'],
    ['what is not there', '/gone', 'answers 404'],
    ['redirects in a circle', '/again', 'redirects more than 5 times'],
  ])('%s', async (_what, path, words) => {
    const error = await errorOf(get(`https://templates.example:PORT${path}`));
    expect(error.code).toBe('download-failed');
    expect(error.message).toContain(words);
  });

  it('a server that says nothing more in time', async () => {
    const error = await errorOf(get('https://templates.example:PORT/silent', { time: 300 }));
    expect(error).toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining('nothing came of it in 0.3 s'),
    });
  });

  it('a name without an address, and a certificate of nobody known', async () => {
    expect((await errorOf(get('https://nothing.example/'))).code).toBe('download-failed');
    const signal = new AbortController().signal;
    const strict = { limit: 1000, time: 5000, signal, resolve: async () => ['127.0.0.1'], allowed: () => true };
    const error = await errorOf(fetchText(`https://templates.example:${port}/`, strict));
    expect(error.code).toBe('download-failed');
    expect(error.message).toContain('certificate');
  });
});

it('ends when it is cancelled', async () => {
  const stop = new AbortController();
  const answer = get('https://templates.example:PORT/silent', { signal: stop.signal });
  const ended = expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  stop.abort();
  await ended;
});
