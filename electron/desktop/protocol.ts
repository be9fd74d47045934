// Serves the built renderer under `app://boathouse/`, with its policy, and nothing else.
import { pathToFileURL } from 'node:url';
import { net, protocol } from 'electron';
import { fileFor, scheme, securityHeaders } from './address';

/** Must be called before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** @param folder the built renderer */
export function serveRenderer(folder: string): void {
  protocol.handle(scheme, async (request) => {
    const file = request.method === 'GET' ? fileFor(request.url, folder) : undefined;
    if (file === undefined) return new Response('Not found', { status: 404, headers: securityHeaders });
    try {
      const answer = await net.fetch(pathToFileURL(file).href);
      const headers = new Headers(answer.headers);
      for (const [name, value] of Object.entries(securityHeaders)) headers.set(name, value);
      return new Response(answer.body, { status: answer.status, headers });
    } catch {
      return new Response('Not found', { status: 404, headers: securityHeaders });
    }
  });
}
