// Keeps one channel to the core open: tries again with growing pauses, and gives the screens one client that outlives channels.
import { type ClientLink, createORPCClient, DynamicLink, ORPCError } from '@orpc/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract';
import { backoff, pause } from './backoff';
import { disconnected } from './error-data';

type Context = Record<never, never>;

/** One open way to the core. */
export interface Channel {
  link: ClientLink<Context>;
  /** Resolves when it has ended, for whatever reason. */
  closed: Promise<void>;
  close(): void;
}

/** Opens a channel. Rejects with `SessionRefused` when the core does not know this browser, else with any error. */
export type OpenChannel = (signal: AbortSignal) => Promise<Channel>;

/** The host answered and said that we have no session with it. */
export class SessionRefused extends Error {}

/** `refused` is an end until somebody asks to try again: only a new address helps. */
export type ConnectionStatus = { phase: 'connecting' } | { phase: 'open' } | { phase: 'lost' } | { phase: 'refused' };

export interface Connection {
  client: Client;
  status: StoreApi<ConnectionStatus>;
  /** Tries now instead of after the pause. */
  retry(): void;
  close(): void;
}

/** Connects, and stays connected until closed. Calls made without a channel fail with `disconnected`. */
export function connect(open: OpenChannel): Connection {
  const status = createStore<ConnectionStatus>(() => ({ phase: 'connecting' }));
  const ended = new AbortController();
  let channel: Channel | undefined;
  let wake = new AbortController();

  async function attempt(): Promise<'ended' | 'failed' | 'refused'> {
    try {
      channel = await open(ended.signal);
    } catch (error) {
      return error instanceof SessionRefused ? 'refused' : 'failed';
    }
    status.setState({ phase: 'open' });
    await channel.closed;
    channel = undefined;
    return 'ended';
  }

  async function stayConnected(): Promise<void> {
    let failures = 0;
    while (!ended.signal.aborted) {
      const outcome = await attempt();
      if (ended.signal.aborted) return;
      failures = outcome === 'failed' ? failures + 1 : 0;
      status.setState({ phase: outcome === 'refused' ? 'refused' : 'lost' });
      wake = new AbortController();
      const signal = AbortSignal.any([wake.signal, ended.signal]);
      await pause(outcome === 'refused' ? 2 ** 31 - 1 : backoff(failures), signal);
    }
  }

  void stayConnected();
  return {
    client: createORPCClient(
      new DynamicLink<Context>(() => {
        if (!channel) throw new ORPCError('APP_ERROR', { status: 503, data: disconnected() });
        return channel.link;
      }),
    ),
    status,
    retry: () => wake.abort(),
    close() {
      ended.abort();
      channel?.close();
    },
  };
}
