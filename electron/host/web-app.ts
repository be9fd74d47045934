// What the host answers over HTTP: the session, its health, and the files of the app; nothing without its own name.
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { isOwnHost, isOwnOrigin, securityHeaders } from '../core/loopback/rules';
import type { Sessions } from '../core/loopback/session';

export interface WebAppOptions {
  /** Known only after listening; asked for each request. */
  port(): number;
  sessions(): Sessions;
  /** The folder of the built renderer. */
  rendererFolder: string;
  version: string;
  /** Which process stops it: this one's, or that of its keeper. */
  pid: number;
}

/** What `GET /health` tells whoever knows the token. */
export const healthSchema = z.object({ product: z.literal('boathouse'), version: z.string(), pid: z.number() });
export type Health = z.infer<typeof healthSchema>;

export const invitationSchema = z.object({ token: z.string() });
type Invitation = z.infer<typeof invitationSchema>;

const sessionRequestSchema = z.object({ token: z.string().max(200) });

/** Names that the build gives to files whose content is part of the name. */
const hashedAsset = /^\/assets\/[^/]+-[\w-]{8}\.\w+$/;

/** @returns the app; every answer, refusals too, carries the security headers. */
export function createWebApp(options: WebAppOptions): Hono {
  const app = new Hono();
  app.use(guard(options));
  app.post(
    '/session',
    bodyLimit({ maxSize: 4096, onError: (c) => c.text('Too long for a token.\n', 413) }),
    async (c) => {
      const request = sessionRequestSchema.safeParse(await c.req.json().catch(() => undefined));
      const cookie = request.success ? options.sessions().open(request.data.token) : undefined;
      if (cookie === undefined) return c.text('This token is not the one of this host.\n', 401);
      c.header('Set-Cookie', cookie);
      c.header('Cache-Control', 'no-store');
      return c.body(null, 204);
    },
  );
  // A page whose socket was refused asks here whether the cookie was the reason.
  app.get('/session', (c) => {
    c.header('Cache-Control', 'no-store');
    return c.body(null, options.sessions().covers(c.req.header('Cookie')) ? 204 : 401);
  });
  // For a second `boathouse serve --open`, which finds this host and lets a browser in.
  app.post('/invitation', (c) => {
    if (!options.sessions().authorizes(c.req.header('Authorization'))) return c.text('Not without the token.\n', 401);
    c.header('Cache-Control', 'no-store');
    return c.json({ token: options.sessions().invite() } satisfies Invitation);
  });
  app.get('/health', (c) => {
    const sessions = options.sessions();
    const known = sessions.authorizes(c.req.header('Authorization')) || sessions.covers(c.req.header('Cookie'));
    if (!known) return c.text('Not without a session.\n', 401);
    c.header('Cache-Control', 'no-store');
    return c.json({ product: 'boathouse', version: options.version, pid: options.pid } satisfies Health);
  });
  app.get('*', async (c, next) => {
    await next();
    const forever = c.res.ok && hashedAsset.test(c.req.path);
    c.header('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-store');
  });
  app.get('*', serveStatic({ root: options.rendererFolder }));
  app.notFound((c) => c.text('Not found.\n', 404));
  // The words of an unexpected error may hold paths; they are the log's, not the page's.
  app.onError((_error, c) => c.text('Something went wrong in the host.\n', 500));
  return app;
}

function guard(options: WebAppOptions): MiddlewareHandler {
  return async (c, next) => {
    const port = options.port();
    const host = c.req.header('Host');
    for (const [name, value] of Object.entries(securityHeaders(port))) c.header(name, value);
    if (!isOwnHost(host, port)) return c.text('This host answers to 127.0.0.1 and localhost only.\n', 421);
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (!reads && !isOwnOrigin(c.req.header('Origin'), host, port)) {
      return c.text('Only pages of this host may do that.\n', 403);
    }
    return next();
  };
}
