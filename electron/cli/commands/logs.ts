// `boathouse logs export`: everything that helps to understand a cluster, in one archive without secrets.
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../shared/model/errors';
import { exitCodes } from '../errors';
import { clientOf, printResult, type Session } from '../session';

/**
 * @returns the exit code
 * @throws AppError `bad-input` when the file exists or cannot be written; nothing of a half-written one stays
 */
export async function exportLogs(session: Session, name: string, { output }: { output?: string }): Promise<number> {
  const file = resolve(output ?? `${name}-logs.tar.gz`);
  const client = await clientOf(session);
  const chunks = await client.clusters.exportLogs({ name }, { signal: session.interrupt });
  // Nothing is begun for a cluster that does not exist.
  const first = await chunks.next();
  let size = 0;
  let opened = false;
  async function* bytes() {
    for (let next = first; !next.done; next = await chunks.next()) {
      const chunk = Buffer.from(next.value.base64, 'base64');
      size += chunk.length;
      yield chunk;
    }
  }
  const target = createWriteStream(file, { flags: 'wx', mode: 0o600 }).once('open', () => {
    opened = true;
  });
  try {
    await pipeline(Readable.from(bytes()), target, { signal: session.interrupt });
  } catch (error) {
    if (opened) await rm(file, { force: true });
    if (opened || !(error instanceof Error) || !('syscall' in error)) throw error;
    throw new AppError('bad-input', `${file} cannot be written: ${error.message}`, {
      hints: [{ text: 'Name another file with --output, or remove this one.' }],
    });
  }
  printResult(session, { name, file, size }, () => [
    `The logs of "${name}" are in ${file} (${Math.ceil(size / 1024)} KiB); secrets were removed.`,
    'What could not be had is named in its missing.txt.',
  ]);
  return exitCodes.done;
}
