// Files into one running container through a program that stays there and waits: a tar to unpack, paths to delete, a command to run.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pack } from 'tar-stream';
import { AppError } from '../../../../shared/model/errors';
import type { CommandEnd, RunningCommand } from '../../kube/command';
import type { Kube } from '../../kube/connect';
import { type ContainerPlace, openCommand } from '../../kube/open-command';
import { takeWord } from '../../kube/take';
import { loopHint } from '../words';

/** So many bytes of the input follow each word. A command's output goes nowhere but its last line; each is answered by one line. */
const script = `${takeWord}
command -v tar >/dev/null || { echo "no tar"; exit 1; }
echo ready
while read -r what size; do
  case $what in
    tar) if why=$(take "$size" | tar -xf - -C / 2>&1); then echo ok; else echo "failed $(echo "$why" | tail -n 1)"; fi ;;
    rm) if why=$(take "$size" | while IFS= read -r path; do rm -rf -- "$path" || exit 1; done 2>&1); then echo ok; else echo "failed $why"; fi ;;
    run) if why=$(eval "$(take "$size")" 2>&1 </dev/null); then echo ok; else echo "failed $(echo "$why" | tail -n 1)"; fi ;;
  esac
done`;

export interface SyncChannel {
  /** Throws `exec-failed` with the container's words. */
  copy(archive: Buffer): Promise<void>;
  remove(paths: readonly string[]): Promise<void>;
  run(command: readonly string[]): Promise<void>;
  readonly open: boolean;
  close(): void;
}

/** Milliseconds for one answer. */
const limit = 60_000;

/** Throws `not-possible` for a container without a shell or tar, saying so; `kubernetes-refused`, `not-found`. */
export async function openChannel(kube: Kube, at: ContainerPlace, signal: AbortSignal): Promise<SyncChannel> {
  const command = await openCommand(kube, at, ['sh', '-c', script], false, signal);
  const leave = () => command.close();
  signal.addEventListener('abort', leave, { once: true });
  const dialogue = listenTo(command);
  void dialogue.ended.then(() => signal.removeEventListener('abort', leave));
  try {
    if ((await dialogue.answer(at)) !== 'ready') throw failed(at, 'there is no tar');
  } catch (error) {
    command.close();
    signal.throwIfAborted();
    const reason = error instanceof AppError ? (error.detail ?? error.message) : String(error);
    throw new AppError('not-possible', `Files cannot be synced into ${at.pod}: its image has no shell with tar`, {
      params: { name: `${at.namespace}/${at.pod}` },
      detail: reason,
      hints: [loopHint('built-instead')],
    });
  }
  // One at a time: answers have no names.
  let last: Promise<unknown> = Promise.resolve();
  const send = (what: string, data: Buffer): Promise<void> => {
    const next = last.then(async () => {
      await command.write(Buffer.concat([Buffer.from(`${what} ${data.length}\n`), data]));
      const [word, ...why] = (await dialogue.answer(at)).split(' ');
      if (word !== 'ok') throw failed(at, why.join(' '));
    });
    last = next.catch(() => {});
    return next;
  };
  return {
    copy: (archive) => send('tar', archive),
    remove: (paths) => send('rm', Buffer.from(paths.map((path) => `${path}\n`).join(''))),
    run: (words) => send('run', Buffer.from(words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' '))),
    get open() {
      return dialogue.open;
    },
    close: () => command.close(),
  };
}

/** The lines that a command says, one after another. */
function listenTo(command: RunningCommand) {
  const lines: string[] = [];
  let partial = '';
  let complaint = '';
  let end: string | undefined;
  let hear: (() => void) | undefined;
  const read = async () => {
    const output = command.output();
    let next = await output.next();
    for (; !next.done; next = await output.next()) {
      const text = next.value.bytes.toString('utf8');
      if (next.value.stream === 'err') complaint = (complaint + text).slice(-2000);
      else {
        const parts = (partial + text).split('\n');
        partial = parts.pop() ?? '';
        lines.push(...parts);
      }
      hear?.();
    }
    end = complaint.trim() || endWords(next.value);
    hear?.();
  };
  return {
    ended: read(),
    get open() {
      return end === undefined;
    },
    /** Throws `exec-failed` when it has ended, and after a minute without one. */
    async answer(at: ContainerPlace): Promise<string> {
      const deadline = AbortSignal.timeout(limit);
      while (lines.length === 0) {
        if (end !== undefined || deadline.aborted) throw failed(at, end ?? 'it does not answer');
        await new Promise<void>((resolve) => {
          hear = resolve;
          deadline.addEventListener('abort', () => resolve(), { once: true });
        });
      }
      return lines.shift() ?? '';
    },
  };
}

function endWords(end: CommandEnd): string {
  return 'reason' in end ? end.reason : `it ended with exit code ${end.code}`;
}

function failed({ pod, container }: ContainerPlace, detail: string): AppError {
  return new AppError('exec-failed', `Syncing into ${container} of ${pod} failed: ${detail}`, {
    params: { command: 'tar', container },
    detail,
  });
}

/** One archive for all containers. Permissions go with the files; who owns them there is who the container runs as. */
export async function syncArchive(
  root: string,
  copies: ReadonlyMap<string, readonly string[]>,
  modes: (path: string) => number,
): Promise<Buffer> {
  const archive = pack();
  for (const [path, places] of copies) {
    const content = await readFile(join(root, path));
    for (const place of places) archive.entry({ name: place.slice(1), mode: modes(path), mtime: new Date() }, content);
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
