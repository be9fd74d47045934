// Which requests are a server's own that listens on 127.0.0.1: the checks that keep other pages and other names for 127.0.0.1 out.

/**
 * The values of the Host header that mean this host. Anything else came through a name of someone else's that resolves to
 * this computer (DNS rebinding).
 */
export function ownHosts(port: number): string[] {
  const names = ['127.0.0.1', 'localhost'];
  // RFC 9110, 4.2.3: browsers leave the scheme's default port out.
  return port === 80 ? names : names.map((name) => `${name}:${port}`);
}

export function isOwnHost(host: string | undefined, port: number): boolean {
  return host !== undefined && ownHosts(port).includes(host.toLowerCase());
}

/** True when a request says that a page of this very host sent it. A missing Origin is not good enough. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined, port: number): boolean {
  return isOwnHost(host, port) && origin === `http://${host?.toLowerCase()}`;
}

/**
 * Headers of every answer. `style-src` allows inline styles because Mantine writes its theme into a style element.
 * WebSocket addresses are named one by one: not every browser counts them under 'self'.
 */
export function securityHeaders(port: number): Record<string, string> {
  const sockets = ownHosts(port).map((host) => `ws://${host}`);
  const policy = [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self' ${sockets.join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
