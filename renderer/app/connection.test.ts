// The connection: growing pauses, one client across channels, and an end when the core refuses.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Channel, connect, type OpenChannel, SessionRefused } from './connection';
import { errorDataOf } from './error-data';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function fakeChannel(answer: unknown): Channel & { lose(): void } {
  let lose = () => {};
  const closed = new Promise<void>((resolve) => {
    lose = resolve;
  });
  return { link: { call: async () => answer }, closed, close: () => lose(), lose: () => lose() };
}

const settled = () => vi.advanceTimersByTimeAsync(0);

it('tries again after half a second, one, two, at most ten, and afresh after a success', async () => {
  const open = vi.fn<OpenChannel>().mockRejectedValue(new Error('nobody there'));
  const connection = connect(open);
  await settled();
  expect(connection.status.getState().phase).toBe('lost');
  for (const pause of [500, 1000, 2000, 4000, 8000, 10_000, 10_000]) {
    const before = open.mock.calls.length;
    await vi.advanceTimersByTimeAsync(pause - 1);
    expect(open).toHaveBeenCalledTimes(before);
    await vi.advanceTimersByTimeAsync(1);
    expect(open).toHaveBeenCalledTimes(before + 1);
  }
  const channel = fakeChannel([]);
  open.mockResolvedValueOnce(channel);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(connection.status.getState().phase).toBe('open');
  const before = open.mock.calls.length;
  channel.lose();
  await settled();
  expect(connection.status.getState().phase).toBe('lost');
  await vi.advanceTimersByTimeAsync(500);
  expect(open).toHaveBeenCalledTimes(before + 1);
  connection.close();
});

it('gives one client that works through whatever channel is open, and says so when none is', async () => {
  const first = fakeChannel(['first']);
  const open = vi
    .fn<OpenChannel>()
    .mockResolvedValueOnce(first)
    .mockResolvedValueOnce(fakeChannel(['second']));
  const connection = connect(open);
  await settled();
  expect(await connection.client.clusters.list()).toEqual(['first']);
  first.lose();
  await settled();
  const failure = await connection.client.clusters.list().catch(errorDataOf);
  expect(failure).toMatchObject({ code: 'disconnected' });
  await vi.advanceTimersByTimeAsync(500);
  expect(await connection.client.clusters.list()).toEqual(['second']);
  connection.close();
});

it('does not knock again after a refusal until it is asked to', async () => {
  const open = vi.fn<OpenChannel>().mockRejectedValue(new SessionRefused());
  const connection = connect(open);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(connection.status.getState().phase).toBe('refused');
  expect(open).toHaveBeenCalledTimes(1);
  connection.retry();
  await settled();
  expect(open).toHaveBeenCalledTimes(2);
  connection.close();
});

it('ends when it is closed', async () => {
  const channel = fakeChannel([]);
  const open = vi.fn<OpenChannel>().mockResolvedValue(channel);
  const connection = connect(open);
  await settled();
  connection.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(open).toHaveBeenCalledTimes(1);
});
