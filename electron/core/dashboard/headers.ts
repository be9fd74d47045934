// What of a request goes on to a dashboard and what of its answer comes back: nothing of ours reaches it but the token. Pure.
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { DashboardKind } from '../../../shared/model/dashboard';

/** RFC 9110, 7.6.1: they speak of one connection, not of the message. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export interface SignIn {
  kind: DashboardKind;
  token: string;
  /** What Headlamp calls its cluster. */
  cluster: string;
}

/**
 * Cookies are not kept apart by port: those of every Boathouse that listens on 127.0.0.1 come along, and a dashboard must not see them.
 * Headlamp before 0.43 reads the token from a cookie only (headlamp#4542), the Dashboard from `Authorization`: both are given.
 */
export function requestHeaders(given: IncomingHttpHeaders, signIn: SignIn, upgrade = false): OutgoingHttpHeaders {
  const headers = without(given, upgrade);
  const cookies = cookiesIn(given.cookie).filter(
    ([name]) => !name.startsWith('boathouse-') && !name.startsWith('headlamp-auth-'),
  );
  if (signIn.kind === 'headlamp') cookies.unshift([`headlamp-auth-${signIn.cluster}.0`, signIn.token]);
  delete headers.cookie;
  if (cookies.length > 0) headers.cookie = cookies.map((pair) => pair.join('=')).join('; ');
  return { ...headers, authorization: `Bearer ${signIn.token}` };
}

/** A dashboard cannot overwrite our cookies, nor be put into a frame of somebody else's page. */
export function answerHeaders(given: IncomingHttpHeaders, upgrade = false): OutgoingHttpHeaders {
  const headers = without(given, upgrade);
  const cookies = (given['set-cookie'] ?? []).filter((cookie) => !/^\s*boathouse-/i.test(cookie));
  delete headers['set-cookie'];
  return {
    ...headers,
    ...(cookies.length > 0 && { 'set-cookie': cookies }),
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  };
}

function without(given: IncomingHttpHeaders, upgrade: boolean): OutgoingHttpHeaders {
  const named = (given.connection ?? '').toLowerCase().split(/\s*,\s*/);
  const kept = Object.entries(given).filter(([name]) => !hopByHop.has(name) && !named.includes(name));
  const headers: OutgoingHttpHeaders = Object.fromEntries(kept);
  if (upgrade) Object.assign(headers, { connection: 'Upgrade', upgrade: given.upgrade });
  return headers;
}

function cookiesIn(header: string | undefined): [string, string][] {
  return (header ?? '').split(/;\s*/).flatMap((pair): [string, string][] => {
    const at = pair.indexOf('=');
    return at > 0 ? [[pair.slice(0, at).trim(), pair.slice(at + 1)]] : [];
  });
}
