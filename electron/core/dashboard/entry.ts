// The way in: a page that exchanges what stands in its address's fragment for a cookie, and the words for whoever has none.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { isOwnOrigin } from '../loopback/rules';
import type { Sessions } from '../loopback/session';

/** Paths that no dashboard has. */
const folder = '/.boathouse/';
export const entryPath = `${folder}open`;

const longestToken = 200;

const page = `<!doctype html>
<html><head><meta charset="utf-8"><title>Boathouse</title><script src="${folder}open.js" defer></script></head>
<body></body></html>
`;

const script = `const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
history.replaceState(null, '', location.pathname);
const headers = { 'Content-Type': 'application/json' };
fetch('${folder}session', { method: 'POST', headers, body: JSON.stringify({ token }) }).then((answer) => {
  if (answer.ok) return location.replace('/');
  const chinese = navigator.language.toLowerCase().startsWith('zh');
  document.body.textContent = chinese
    ? '这个地址只能用一次，一分钟内有效。请从 Boathouse 重新打开仪表板。'
    : 'This address counts once and for a minute. Open the dashboard from Boathouse again.';
});
`;

const security = {
  'Content-Security-Policy': "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** Answers paths of the entry; false for every other one. */
export async function answerEntry(
  request: IncomingMessage,
  response: ServerResponse,
  { port, sessions }: { port: number; sessions: Sessions },
): Promise<boolean> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (!path.startsWith(folder)) return false;
  const answer = (status: number, type: string, body: string, headers: Record<string, string> = {}) =>
    response.writeHead(status, { ...security, 'Content-Type': `${type}; charset=utf-8`, ...headers }).end(body);
  if (request.method === 'GET' && path === entryPath) answer(200, 'text/html', page);
  else if (request.method === 'GET' && path === `${folder}open.js`) answer(200, 'text/javascript', script);
  else if (request.method === 'POST' && path === `${folder}session`) {
    const own = isOwnOrigin(request.headers.origin, request.headers.host, port);
    const cookie = own ? sessions.open(await tokenIn(request)) : undefined;
    if (cookie === undefined) answer(401, 'text/plain', 'Not with this token.\n');
    else answer(204, 'text/plain', '', { 'Set-Cookie': cookie });
  } else answer(404, 'text/plain', 'Not found.\n');
  return true;
}

/** '' for what is no token. */
async function tokenIn(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY) > longestToken + 50) return '';
  try {
    const { token } = JSON.parse(await readText(request)) as { token?: unknown };
    return typeof token === 'string' ? token : '';
  } catch {
    return '';
  }
}
