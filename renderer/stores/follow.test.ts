// A topic is followed across a lost channel and a broken stream.
import { expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { ConnectionStatus } from '../app/connection';
import { follow } from './follow';

function statusStore(phase: ConnectionStatus['phase']) {
  return createStore<ConnectionStatus>(() => ({ phase }));
}

async function* messages(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}

async function* broken(): AsyncGenerator<string> {
  yield 'before the break';
  throw new Error('the stream broke');
}

it('waits for the channel, and subscribes again after a break', async () => {
  const status = statusStore('connecting');
  const stop = new AbortController();
  const seen: string[] = [];
  const subscribe = vi
    .fn<() => Promise<AsyncIterable<string>>>()
    .mockResolvedValueOnce(broken())
    .mockResolvedValueOnce(messages('after'));
  const done = follow(
    status,
    subscribe,
    (text) => {
      seen.push(text);
      if (text === 'after') stop.abort();
    },
    stop.signal,
  );
  expect(subscribe).not.toHaveBeenCalled();
  status.setState({ phase: 'open' });
  await done;
  expect(seen).toEqual(['before the break', 'after']);
});

it('ends at once when it is stopped while the channel is closed', async () => {
  const stop = new AbortController();
  const subscribe = vi.fn<() => Promise<AsyncIterable<string>>>();
  const done = follow(statusStore('lost'), subscribe, () => {}, stop.signal);
  stop.abort();
  await done;
  expect(subscribe).not.toHaveBeenCalled();
});
