// Archives that are written while they are filled.
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import { archiveOf } from './archive';

async function filesOf(archive: AsyncIterable<Buffer>): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const entries = Readable.from(archive).pipe(createGunzip()).pipe(extract());
  for await (const entry of entries) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    files[entry.header.name] = Buffer.concat(chunks).toString('utf8');
  }
  return files;
}

test('has what was added side by side, whole', async () => {
  const long = 'a line of a log\n'.repeat(100_000);
  const archive = archiveOf('shop-logs', async (add) => {
    await Promise.all([add('one/kubelet.log', long), add('two/kubelet.log', 'für zwei'), add('missing.txt', '')]);
  });
  expect(await filesOf(archive)).toEqual({
    'shop-logs/one/kubelet.log': long,
    'shop-logs/two/kubelet.log': 'für zwei',
    'shop-logs/missing.txt': '',
  });
});

test('ends with the failure of what fills it', async () => {
  const archive = archiveOf('shop-logs', async (add) => {
    await add('one', 'one');
    throw new Error('the engine is gone');
  });
  const readToTheEnd = async () => {
    for await (const chunk of archive) expect(chunk.length).toBeGreaterThan(0);
  };
  await expect(readToTheEnd()).rejects.toThrow('the engine is gone');
});
