// Runs one of the product's own scripts: its titles (`== ...`) are told, all else is kept for when it fails.
import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { AppError } from '../../../shared/model/errors';

/** Lines of output that are shown when a script fails. */
const keptLines = 25;

/**
 * @param onTitle called with the words of each line that begins with `== `
 * @param signal ends the script with everything that it started
 * @throws AppError `exec-failed` with its last lines when it ends with another code than 0; the signal's reason when aborted
 */
export async function runScript(
  file: string,
  args: readonly string[],
  onTitle: (title: string) => void,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  // A group of its own: what the script starts can be ended with it, and Ctrl-C reaches it through us alone.
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const end = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
  };
  signal.addEventListener('abort', end, { once: true });
  const tail: string[] = [];
  const read = (line: string) => {
    if (line.startsWith('== ')) onTitle(line.slice(3));
    tail.push(line);
    if (tail.length > keptLines) tail.shift();
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', read);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal.throwIfAborted();
    if (code !== 0) throw failed(file, tail);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

function failed(file: string, tail: readonly string[]): AppError {
  const complaint = tail.findLast((line) => line.startsWith('error: '))?.replace('error: ', '');
  return new AppError('exec-failed', complaint ?? `${basename(file)} failed`, {
    detail: tail.join('\n'),
    hints: [{ text: `Run it by hand to see more: ${file}` }],
  });
}
