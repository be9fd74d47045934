// @vitest-environment jsdom
// The ways to the core: the token leaves the address before anything else happens, a refusal is told from an absence, ports arrive.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenForPorts, openSocket } from './channels';
import { SessionRefused } from './connection';
import { placeIn, tokenIn } from './session';

/** A WebSocket whose fate the test decides. */
class FakeSocket extends EventTarget {
  static last: FakeSocket | undefined;
  readyState = 0;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    FakeSocket.last = this;
  }
  send(): void {}
  close(): void {
    this.dispatchEvent(new Event('close'));
  }
}

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('fetch', fetched);
  fetched.mockReset();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function socket(): Promise<FakeSocket> {
  await vi.waitUntil(() => FakeSocket.last);
  const last = FakeSocket.last;
  FakeSocket.last = undefined;
  if (!last) throw new Error('no socket was opened');
  return last;
}

describe('the socket', () => {
  it('trades the token for a cookie first, and the address forgets it at once', async () => {
    fetched.mockResolvedValue(new Response(null, { status: 204 }));
    window.location.hash = '#token=a-b_c';
    const channel = openSocket(new AbortController().signal);
    expect(window.location.hash).toBe('#/');
    expect(fetched).toHaveBeenCalledWith(
      '/session',
      expect.objectContaining({ method: 'POST', body: '{"token":"a-b_c"}' }),
    );
    const opened = await socket();
    expect(opened.url).toBe('ws://localhost:3000/rpc');
    opened.dispatchEvent(new Event('open'));
    const { closed } = await channel;
    opened.close();
    await closed;
  });

  it.each([
    [401, true],
    [403, true],
    [204, false],
  ])('that does not open while /session answers %i is refused: %s', async (status, refused) => {
    fetched.mockResolvedValue(new Response(null, { status }));
    const channel = openSocket(new AbortController().signal).catch((error: unknown) => error);
    (await socket()).close();
    expect((await channel) instanceof SessionRefused).toBe(refused);
  });

  it('that does not open while nobody answers is not refused', async () => {
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));
    const channel = openSocket(new AbortController().signal).catch((error: unknown) => error);
    (await socket()).close();
    expect(await channel).toBeInstanceOf(Error);
    expect(await channel).not.toBeInstanceOf(SessionRefused);
  });
});

it.each([
  ['#token=abc', 'abc'],
  ['#/clusters', undefined],
  ['', undefined],
])('in %j the token is %s', (hash, token) => {
  expect(tokenIn(hash)).toBe(token);
});

it.each([
  ['#token=abc&show=%2Ftemplates%2Fimport%3Ffile%3D%252Fa.boathouse', '/templates/import?file=%2Fa.boathouse'],
  ['#token=abc&show=doctor', '/'],
  ['#token=abc', '/'],
])('%j begins at %s', (hash, place) => {
  expect(placeIn(hash)).toBe(place);
});

describe('ports', () => {
  function announce(data: unknown, source: Window | null = window): MessagePort {
    const { port1, port2 } = new MessageChannel();
    const event = new MessageEvent('message', { data, source });
    Object.defineProperty(event, 'ports', { value: [port2] });
    window.dispatchEvent(event);
    return port1;
  }

  it('become channels, whether they come before or after they are waited for', async () => {
    const open = listenForPorts();
    const { signal } = new AbortController();
    const ours = announce('boathouse:port');
    const channel = await open(signal);
    const later = open(signal);
    const second = announce('boathouse:port');
    (await later).close();
    channel.close();
    ours.close();
    second.close();
  });

  it('are only taken from our own preload', async () => {
    const open = listenForPorts();
    announce('something else').close();
    announce('boathouse:port', null).close();
    const waiting = open(new AbortController().signal);
    const outcome = await Promise.race([waiting, Promise.resolve('still waiting')]);
    expect(outcome).toBe('still waiting');
  });
});
