// A background process is taken as started when it says so, and its last words are shown when it does not.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startInBackground } from './background';

let folder: string;
const never = new AbortController().signal;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boathouse-background-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function script(text: string): Promise<string> {
  const file = join(folder, 'script.mjs');
  await writeFile(file, text);
  return file;
}

/** A process that answers like a host and writes its record, and ends when told to. */
const standIn = (record: string) => `
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
if (process.argv[2] !== 'serve') process.exit(3);
const server = createServer((request, response) => {
  const known = request.headers.authorization === 'Bearer t';
  response.end(known ? JSON.stringify({ product: 'boathouse', version: '9', pid: process.pid }) : '{}');
}).listen(0, '127.0.0.1', () => {
  writeFileSync(${JSON.stringify(record)}, JSON.stringify({ port: server.address().port, pid: process.pid, token: 't' }));
  process.send({});
});
`;

it('returns the host once it listens, which then lives on by itself', async () => {
  const file = await script(standIn(join(folder, 'host.json')));
  const running = await startInBackground(file, folder, never);
  expect(running).toMatchObject({ version: '9', token: 't', address: `http://127.0.0.1:${running.port}/#token=t` });
  expect(running.pid).not.toBe(process.pid);
  process.kill(running.pid, 0);
  process.kill(running.pid, 'SIGKILL');
});

it('shows the last words of one that ends', async () => {
  const file = await script('console.error("no resources here"); process.exit(1);');
  await expect(startInBackground(file, folder, never)).rejects.toMatchObject({
    code: 'internal',
    detail: 'no resources here',
  });
});

it('does not believe one that says it listens and does not answer', async () => {
  const file = await script('process.send({}); setInterval(() => {}, 1000);');
  await expect(startInBackground(file, folder, never)).rejects.toMatchObject({ code: 'internal' });
});

it('stops waiting when told to', async () => {
  const file = await script('setInterval(() => {}, 1000);');
  const stop = new AbortController();
  const started = startInBackground(file, folder, stop.signal);
  stop.abort();
  await expect(started).rejects.toMatchObject({ name: 'AbortError' });
});
