// What waits to be taken: numbered without a gap, gathered, and who writes waits when nobody takes.
import { expect, test } from 'vitest';
import { createOutbox } from './outbox';

const lines = (count: number, length = 10) =>
  Array.from({ length: count }, () => ({ source: 1, at: '', text: 'x'.repeat(length) }));

test('batches are numbered without a gap; sources come before the lines that name them, and it ends', async () => {
  const outbox = createOutbox();
  void outbox.lines(lines(4_500));
  outbox.tell({ type: 'state', state: 'live' });
  outbox.tell({ type: 'sources', sources: [] });
  outbox.end();
  const seen = [];
  for await (const message of outbox.take(new AbortController().signal)) seen.push(message);
  expect(
    seen.map((message) => (message.type === 'lines' ? [message.sequence, message.lines.length] : message.type)),
  ).toEqual(['sources', [1, 2_000], [2_001, 2_000], [4_001, 500], 'state']);
});

test('who writes waits while nobody takes, and goes on when somebody does', async () => {
  const outbox = createOutbox();
  let written = 0;
  const writing = (async () => {
    for (; written < 40; written += 1) await outbox.lines(lines(1_000, 400));
    outbox.end();
  })();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(written).toBeLessThan(12);
  let count = 0;
  for await (const message of outbox.take(new AbortController().signal)) {
    if (message.type === 'lines') count += message.lines.length;
  }
  await writing;
  expect(count).toBe(40_000);
});

test('a failure is told behind what was read before it; leaving lets the writer go', async () => {
  const outbox = createOutbox();
  void outbox.lines(lines(1));
  outbox.fail(new Error('gone'));
  const taken = outbox.take(new AbortController().signal);
  expect((await taken.next()).value).toMatchObject({ type: 'lines' });
  await expect(taken.next()).rejects.toThrow('gone');
  await outbox.lines(lines(1_000, 100_000));
});
