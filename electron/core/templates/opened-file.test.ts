// A template's file that somebody opens: its text, and words for what is no such file.
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { readOpened } from './opened-file';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opened-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('is read whatever is in it', async () => {
  const file = join(folder, 'class.boathouse');
  await writeFile(file, 'kind: 班\n');
  expect(await readOpened(file)).toBe('kind: 班\n');
});

it('is refused, with the reason, when it cannot be a template', async () => {
  const socket = join(folder, 'socket.yaml');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => void server.close());
  const large = join(folder, 'large.yaml');
  await writeFile(large, '');
  await truncate(large, 1_000_001);
  const refused = (file: string) => expect(readOpened(file)).rejects;
  await refused('class.yaml').toMatchObject({ code: 'bad-input', message: expect.stringContaining('no whole path') });
  await refused('/etc/passwd').toMatchObject({ message: expect.stringContaining('ends in none of') });
  await refused(socket).toMatchObject({ message: expect.stringContaining('not a file') });
  await refused(large).toMatchObject({ message: expect.stringContaining('more than 1000000 bytes') });
  await refused(join(folder, 'gone.yaml')).toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('ENOENT'),
  });
});
