// The two ways to the core: a WebSocket to the host that served this page, or the port that the desktop hands over.
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { type Channel, type OpenChannel, SessionRefused } from './connection';
import { exchangeToken, isSessionRefused } from './session';

/** What the desktop's preload says when it hands over a port. */
const portAnnouncement = 'boathouse:port';

/** Opens a WebSocket to `/rpc` of the host of this page, after the token exchange where the address carries one. */
export const openSocket: OpenChannel = async (signal) => {
  await exchangeToken();
  const { protocol, host } = window.location;
  const socket = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/rpc`);
  const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve(), { once: true }));
  const opened = new Promise<boolean>((resolve) => {
    socket.addEventListener('open', () => resolve(true), { once: true });
    socket.addEventListener('close', () => resolve(false), { once: true });
  });
  signal.addEventListener('abort', () => socket.close(), { once: true });
  if (!(await opened)) {
    if (await isSessionRefused(signal)) throw new SessionRefused();
    throw new Error('The host does not answer');
  }
  const link = new SocketLink({ websocket: socket });
  return {
    link: {
      call: (path, input, options) =>
        link.call(path, input, {
          ...options,
          ...(options.signal && { signal: heardWhileOpen(options.signal, socket) }),
        }),
    },
    closed,
    close: () => socket.close(),
  };
};

/** The end of a call is told to the host as long as it listens; its own end has ended all calls already. */
function heardWhileOpen(signal: AbortSignal, socket: WebSocket): AbortSignal {
  if (signal.aborted) return signal;
  const heard = new AbortController();
  const pass = () => {
    if (socket.readyState === WebSocket.OPEN) heard.abort(signal.reason);
  };
  signal.addEventListener('abort', pass, { once: true });
  return heard.signal;
}

/** A channel over a port of the desktop's main process. */
function portChannel(port: MessagePort): Channel {
  const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve(), { once: true }));
  const link = new PortLink({ port });
  port.start();
  return { link, closed, close: () => port.close() };
}

/** Waits for ports from the preload; each one that arrives is a new channel. */
export function listenForPorts(): OpenChannel {
  const arrived: MessagePort[] = [];
  let taken: ((port: MessagePort) => void) | undefined;
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const [port] = event.ports;
    if (event.source !== window || event.data !== portAnnouncement || !port) return;
    if (taken) taken(port);
    else arrived.push(port);
    taken = undefined;
  });
  return async () => {
    const port = arrived.shift() ?? (await new Promise<MessagePort>((resolve) => (taken = resolve)));
    return portChannel(port);
  };
}

/** Pages that a host serves talk to it; pages of the desktop's own scheme get a port. */
export function openChannel(): OpenChannel {
  return window.location.protocol.startsWith('http') ? openSocket : listenForPorts();
}
