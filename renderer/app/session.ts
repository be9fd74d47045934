// The browser's session with the host: the token of the opened address is traded for a cookie, once, and leaves the address bar.

/** The token in a fragment such as `#token=abc`, if it carries one. */
export function tokenIn(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? undefined;
}

/** Where in the app an address with a token begins: `#token=abc&show=%2Fdoctor`; else at home. */
export function placeIn(hash: string): string {
  const place = new URLSearchParams(hash.replace(/^#/, '')).get('show');
  return place?.startsWith('/') ? place : '/';
}

/**
 * Trades the address's token for the host's `HttpOnly` cookie and takes the token out of the address bar and the history.
 * Does nothing without a token. A refused token is no error here: the channel will find out.
 */
export async function exchangeToken(): Promise<void> {
  const token = tokenIn(window.location.hash);
  if (token === undefined) return;
  const { pathname, search, hash } = window.location;
  window.history.replaceState(null, '', `${pathname}${search}#${placeIn(hash)}`);
  await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
}

/** Whether the host answers and refuses this browser's cookie: a failed WebSocket cannot tell that from a host that is gone. */
export async function isSessionRefused(signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch('/session', { signal });
    return answer.status === 401 || answer.status === 403;
  } catch {
    return false;
  }
}

/**
 * Loads the page anew when an address with a token is opened in a window that shows the app already: only the fragment changes
 * then, and nothing would come of it.
 */
export function reloadForToken(): void {
  window.addEventListener('hashchange', () => {
    if (tokenIn(window.location.hash) !== undefined) window.location.reload();
  });
}
