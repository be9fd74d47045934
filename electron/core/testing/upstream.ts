// For tests: a registry elsewhere, with the images that it is given, which can ask for a password and go away.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAuthority, issue, type KeyPair } from '../clusters/providers/kubeadm/certificate';
import { openArchive } from '../images/archive';
import { openPath } from '../images/archive-entries';
import { digestOf } from '../images/oci';

export interface Upstream {
  readonly port: number;
  /** Paths that were asked for, `GET /v2/...`. */
  readonly asked: string[];
  /** From now on it lets nobody else in; they show their password for a token, or with `basic` at each request. */
  protect(username: string, password: string, scheme?: 'bearer' | 'basic'): void;
  /** From now on it waits so many milliseconds before it gives a blob. */
  delay(milliseconds: number): void;
  /** Has an image of an archive (`docker save`) under a repository's tag. */
  add(archive: string, repository: string, tag: string): Promise<void>;
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
}

/** What a registry at an address identifies itself with for a day, and the certificate, PEM, of the authority that signed it. */
export function identityAt(address: string): { identity: KeyPair; authority: string } {
  const [from, until] = [new Date(Date.now() - 86_400_000), new Date(Date.now() + 86_400_000)];
  const authority = createAuthority('CA of the test', from, until);
  const subject = { commonName: 'registry of the test' };
  const identity = issue(authority, { subject, usages: ['server'], alternativeNames: [address], notAfter: until });
  return { identity, authority: authority.certificate };
}

interface Content {
  type: string;
  bytes: Buffer;
}

/** Listens on all addresses: containers reach it by their network's gateway. @param identity makes it speak TLS */
export async function openUpstream(identity?: KeyPair): Promise<Upstream> {
  const contents = new Map<string, Content>();
  const asked: string[] = [];
  /** Of who signs in. */
  let expected: string | undefined;
  let basic = false;
  let wait = 0;
  const token = 'token-of-the-stand-in';

  function answer({ method, url = '', headers }: IncomingMessage, response: ServerResponse): void {
    asked.push(`${method} ${url.replace(/\?.*/, '')}`);
    const path = url.replace(/\?.*/, '');
    if (path === '/token' && headers.authorization === expected) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token, expires_in: 300 }));
      return;
    }
    if (expected && headers.authorization !== (basic ? expected : `Bearer ${token}`)) {
      const bearer = `Bearer realm="http${identity ? 's' : ''}://${headers.host}/token",service="upstream"`;
      const challenge = basic ? 'Basic realm="upstream"' : bearer;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
      return;
    }
    const content = path === '/v2/' ? { type: 'application/json', bytes: Buffer.from('{}') } : contents.get(path);
    if (!content) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"errors":[{"code":"NOT_FOUND"}]}');
      return;
    }
    response.writeHead(200, {
      'content-type': content.type,
      'content-length': content.bytes.length,
      'docker-content-digest': digestOf(content.bytes),
      'docker-distribution-api-version': 'registry/2.0',
    });
    const body = method === 'HEAD' ? undefined : content.bytes;
    if (wait > 0 && path.includes('/blobs/')) setTimeout(() => response.end(body), wait);
    else response.end(body);
  }

  const server = identity
    ? createSecureServer({ cert: identity.certificate, key: identity.key }, answer)
    : createServer(answer);
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '0.0.0.0', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    asked,
    protect(username, password, scheme = 'bearer') {
      basic = scheme === 'basic';
      expected = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    },
    delay(milliseconds) {
      wait = milliseconds;
    },
    async add(archive, repository, tag) {
      const { signal } = new AbortController();
      const source = await openArchive({ open: openPath(archive), architecture: 'amd64' }, signal);
      const [image] = source.images;
      if (!image) throw new Error(`${archive} has no image`);
      const put = (path: string, type: string, bytes: Buffer) =>
        contents.set(`/v2/${repository}/${path}`, { type, bytes });
      for await (const { digest, content } of source.read(new Set(image.layers.map((one) => one.digest)), signal)) {
        const chunks: Buffer[] = [];
        for await (const chunk of content) chunks.push(chunk);
        put(`blobs/${digest}`, 'application/octet-stream', Buffer.concat(chunks));
      }
      const { mediaType, content } = image.manifest;
      put(`blobs/${image.id}`, 'application/octet-stream', image.config);
      for (const reference of [tag, digestOf(content)]) put(`manifests/${reference}`, mediaType, content);
    },
    goAway() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
    comeBack: () => listen(port),
  };
}
