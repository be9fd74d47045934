// A compressed archive that is written while it is filled: no more of it is in memory than the file at hand.
import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';

/** Puts a file into the archive; resolves when there is room for the next. */
export type AddFile = (path: string, text: string) => Promise<void>;

/** Yields the bytes of a tar.gz of the files that `fill` adds, below one folder. A failure of `fill` ends it with that failure. */
export async function* archiveOf(folder: string, fill: (add: AddFile) => Promise<void>): AsyncGenerator<Buffer> {
  const archive = pack();
  const compressed = createGzip();
  let turn: Promise<unknown> = Promise.resolve();
  const add: AddFile = (path, text) => {
    const written = turn.then(async () => {
      const content = Buffer.from(text);
      const entry = archive.entry({ name: `${folder}/${path}`, size: content.length, mode: 0o644 });
      const finished = once(entry, 'finish');
      entry.end(content);
      await finished;
    });
    turn = written.catch(() => {});
    return written;
  };
  archive.on('data', (chunk) => {
    if (compressed.write(chunk)) return;
    archive.pause();
    compressed.once('drain', () => archive.resume());
  });
  archive.once('end', () => compressed.end());
  archive.once('error', (error) => compressed.destroy(error));
  const filled = fill(add).then(
    () => archive.finalize(),
    (error: Error) => archive.destroy(error),
  );
  try {
    for await (const chunk of compressed) yield chunk as Buffer;
    await filled;
  } finally {
    archive.destroy();
    compressed.destroy();
  }
}
