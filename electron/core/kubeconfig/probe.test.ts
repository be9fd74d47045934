// Probing a context: what answers, what does not, and why; programs that sign in are bounded and never get a terminal.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { authority, certificateUntil, serverCertificate } from './certificates.test-data';
import { yamlOf } from './entry';
import { probeContext } from './probe';

const never = new AbortController().signal;
const limits = { program: 20_000, api: 20_000 };
let folder: string;
const servers: Server[] = [];
// The library is large: loading it is not what these tests wait for.
beforeAll(() => import('@kubernetes/client-node').then(() => {}), 180_000);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probe-'));
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await rm(folder, { recursive: true });
});

type Answer = (path: string, authorization: string | undefined, response: ServerResponse) => void;

async function listen(server: Server, scheme: string): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const plain = (answer: Answer) =>
  listen(
    createServer((request, response) => answer(request.url ?? '', request.headers.authorization, response)),
    'http',
  );

const json = (response: ServerResponse, status: number, body: object) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const version = { gitVersion: 'v1.34.0' };
const who = { status: { userInfo: { username: 'ana', groups: ['devs'] } } };

/** A Kubernetes that knows one token. */
const kubernetes: Answer = (path, authorization, response) => {
  if (authorization !== 'Bearer opensesame') json(response, 401, { kind: 'Status', message: 'Unauthorized' });
  else if (path === '/version') json(response, 200, version);
  else json(response, path.endsWith('/v1/selfsubjectreviews') ? 201 : 404, who);
};

async function probe(cluster: object, user: object, within = limits, signal = never) {
  const text = yamlOf({
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
  });
  await writeFile(join(folder, 'config'), text);
  const options = {
    environment: { KUBECONFIG: join(folder, 'config'), PATH: process.env.PATH },
    homeDirectory: folder,
    platform: process.platform,
  };
  return await probeContext(options, 'x', signal, within);
}

const program = (script: string, more: object = {}) => ({
  exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'sh', args: ['-c', script], ...more },
});

describe('what answers', () => {
  it('tells version, time and who one is', async () => {
    const found = await probe({ server: await plain(kubernetes) }, { token: 'opensesame' });
    expect(found).toMatchObject({
      context: 'x',
      outcome: 'answers',
      version: 'v1.34.0',
      milliseconds: expect.any(Number),
      who: { name: 'ana', groups: ['devs'], from: 'kubernetes' },
    });
  });

  it('takes the name from the certificate where Kubernetes is too old to say it, and tells until when the server is valid', async () => {
    const { certificate, key } = serverCertificate();
    const server = await listen(
      createTlsServer({ cert: certificate, key }, (request, response) =>
        json(response, request.url === '/version' ? 200 : 404, version),
      ),
      'https',
    );
    const client = certificateUntil('2031-01-01');
    const user = {
      'client-certificate-data': client.base64,
      'client-key-data': Buffer.from(client.key).toString('base64'),
    };
    const trusted = Buffer.from(authority.certificate).toString('base64');
    expect(await probe({ server, 'certificate-authority-data': trusted }, user)).toMatchObject({
      outcome: 'answers',
      who: { name: 'ana', groups: ['devs'], from: 'certificate' },
      serverCertificateUntil: '2039-01-01T00:00:00.000Z',
    });
    expect(await probe({ server }, user)).toMatchObject({ outcome: 'untrusted' });
  });

  it.each([
    [401, { kind: 'Status', message: 'Unauthorized' }, 'unauthorized'],
    [403, { kind: 'Status', message: 'forbidden: ana may not' }, 'forbidden'],
    [500, { kind: 'Status', message: 'etcd is away' }, 'not-kubernetes'],
    [200, { hello: 'world' }, 'not-kubernetes'],
  ])('explains %s', async (status, body, outcome) => {
    const server = await plain((_path, _authorization, response) => json(response, status, body));
    expect(await probe({ server }, {})).toMatchObject({ outcome, said: { code: outcome } });
  });

  it('explains a page where Kubernetes should be', async () => {
    const server = await plain((_path, _authorization, response) =>
      response.writeHead(403, { 'content-type': 'text/html' }).end('<html>Sign in to the hotel</html>'),
    );
    const found = await probe({ server }, {});
    expect(found).toMatchObject({ outcome: 'not-kubernetes', detail: expect.stringContaining('hotel') });
  });

  it('does not wait for ever, not even for a body without end', async () => {
    const silent = await plain(() => {});
    expect(await probe({ server: silent }, {}, { ...limits, api: 100 })).toMatchObject({
      outcome: 'slow',
      said: { params: { server: silent } },
    });
    const dripping = await plain((_path, _authorization, response) => void response.writeHead(200).write('{'));
    expect(await probe({ server: dripping }, {}, { ...limits, api: 100 })).toMatchObject({ outcome: 'slow' });
  });

  it('explains an address where nothing listens, and one that is none', async () => {
    const server = await plain(kubernetes);
    servers.splice(0)[0]?.close();
    expect(await probe({ server }, {})).toMatchObject({ outcome: 'unreachable', said: { params: { server } } });
    expect(await probe({ server: 'not an address' }, {})).toMatchObject({ outcome: 'unusable' });
    expect(await probe({ server, 'certificate-authority': 'gone.crt' }, {})).toMatchObject({
      outcome: 'unusable',
      detail: expect.stringContaining('gone.crt'),
    });
  });

  it('throws for a context that is not there, and when aborted', async () => {
    const server = await plain(() => {});
    const gone = AbortSignal.abort();
    await expect(probe({ server }, {}, limits, gone)).rejects.toMatchObject({ name: 'AbortError' });
    const options = { environment: {}, homeDirectory: folder, platform: process.platform };
    await expect(probeContext(options, 'x', never)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe.skipIf(process.platform === 'win32')('a program that signs in', () => {
  it('gives a token, and finds neither input nor a terminal', async () => {
    const script = `
      if read -r line; then echo "got input" >&2; exit 1; fi
      if (: < /dev/tty) 2>/dev/null; then echo "found a terminal" >&2; exit 1; fi
      echo "$KUBERNETES_EXEC_INFO" > info
      echo '{"kind":"ExecCredential","status":{"token":"opensesame"}}'`;
    const found = await probe({ server: await plain(kubernetes) }, program(script));
    expect(found).toMatchObject({ outcome: 'answers' });
    expect(JSON.parse(await readFile(join(folder, 'info'), 'utf8'))).toMatchObject({ spec: { interactive: false } });
  });

  it('is ended with all it started when it hangs', async () => {
    const script = 'echo "Enter PIN:" >&2; sleep 1000 & echo $! > pid; wait';
    const found = await probe({ server: 'https://127.0.0.1:1' }, program(script), { ...limits, program: 500 });
    expect(found).toMatchObject({ outcome: 'program-slow', said: { params: { program: 'sh' } }, detail: 'Enter PIN:' });
    const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
    await expect.poll(() => alive(pid), { timeout: 20_000 }).toBe(false);
  });

  it.each([
    ['fails', program('echo "no session; token=s3cr3t-s3cr3t" >&2; exit 3'), 'no session'],
    ['says nothing of use', program('echo hello'), undefined],
    ['is not there', { exec: { command: 'no-such-program-here' } }, 'no-such-program-here'],
    ['needs a terminal', program('exit 0', { interactiveMode: 'Always' }), 'interactiveMode'],
  ])('that %s is explained, without secrets', async (_what, user, words) => {
    const found = await probe({ server: 'https://127.0.0.1:1' }, user);
    expect(found).toMatchObject({ outcome: 'program-failed' });
    if (words) expect(found.detail).toContain(words);
    expect(JSON.stringify(found)).not.toContain('s3cr3t');
  });
});

it('explains a way to sign in that kubectl itself has no longer', async () => {
  const found = await probe({ server: 'https://127.0.0.1:1' }, { 'auth-provider': { name: 'gcp' } });
  expect(found).toMatchObject({ outcome: 'unusable', said: { code: 'provider-gone', params: { name: 'gcp' } } });
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
