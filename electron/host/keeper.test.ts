// Keeping a host alive: what the next process is told, what ends it, when it is given up.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepServing } from './keeper';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boathouse-keeper-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** Keeps a process that runs `text` once it has its orders; it can `listen()`. */
async function keep(text: string) {
  const script = join(folder, 'script.mjs');
  await writeFile(
    script,
    `const host = { port: 7, address: 'a', token: 't', secret: 's' };
    process.on('message', (message) => {
      if (message === 'end') process.exit(0);
      const orders = message;
      const listen = (then = () => {}) => process.send({ listens: host }, then);
      ${text}
    });`,
  );
  const stop = new AbortController();
  const onListening = vi.fn(async () => {});
  const onDeath = vi.fn();
  const done = keepServing({ script, port: 5, logs: false, signal: stop.signal, onListening, onDeath });
  done.catch(() => {});
  return { stop, onListening, onDeath, done };
}

it('starts another one with what the dead one had, and ends it when told to', async () => {
  const { stop, onListening, onDeath, done } = await keep(`
    if (orders.restartedAt === undefined) return listen(() => process.exit(3));
    const { pid, port, token, secret } = orders;
    listen(() => JSON.stringify({ pid, port, token, secret }) ===
      JSON.stringify({ pid: process.ppid, port: 7, token: 't', secret: 's' }) ? 0 : process.exit(4));`);
  await vi.waitFor(() => expect(onDeath).toHaveBeenCalledWith('exit 3'), { timeout: 20_000 });
  stop.abort();
  await done;
  expect(onDeath).toHaveBeenCalledTimes(1);
  expect(onListening).toHaveBeenCalledExactlyOnceWith({ port: 7, address: 'a', token: 't', secret: 's' });
});

it('ends when it ends well by itself', async () => {
  const { onDeath, done } = await keep('listen(() => process.exit(0));');
  await done;
  expect(onDeath).not.toHaveBeenCalled();
});

it('says why it cannot begin', async () => {
  const { done } = await keep(
    "process.send({ failed: { code: 'port-taken', message: 'Port 5 is in use', hints: [] } });",
  );
  await expect(done).rejects.toMatchObject({ code: 'port-taken', message: 'Port 5 is in use' });
});

it('gives up what dies again and again', async () => {
  const { onDeath, done } = await keep('listen(() => process.kill(process.pid, "SIGKILL"));');
  await expect(done).rejects.toMatchObject({ code: 'internal', detail: 'signal SIGKILL' });
  expect(onDeath).toHaveBeenCalledTimes(3);
});
