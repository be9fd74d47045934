// A program in a container that files go through: what it says on the side, and how it ended, in words.
import { AppError } from '../../../shared/model/errors';
import type { CommandEnd, RunningCommand } from '../kube/command';
import type { Kube } from '../kube/connect';
import { openCommand, type ContainerPlace as Place } from '../kube/open-command';

/** Characters of the error stream that are kept: its end. */
const mostComplaint = 4_000;

export interface Ended {
  end: CommandEnd;
  complaint: string;
}

/** Opens it, hands it to `use` with its end, and closes it whatever comes. Throws what {@link openCommand} throws. */
export async function withCommand<Result>(
  kube: Kube,
  place: Place,
  words: readonly string[],
  signal: AbortSignal,
  use: (command: RunningCommand) => Promise<Result>,
): Promise<Result> {
  const command = await openCommand(kube, place, words, false, signal);
  const leave = () => command.close();
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await use(command);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', leave);
    command.close();
  }
}

/** Takes what it says until it ends. @param take is awaited: a slow taker slows the command down */
export async function drain(command: RunningCommand, take: (bytes: Buffer) => Promise<void>): Promise<Ended> {
  let complaint = '';
  const output = command.output();
  for (;;) {
    const { done, value } = await output.next();
    if (done) return { end: value, complaint: complaint.trim() };
    if (value.stream === 'out') await take(value.bytes);
    else complaint = (complaint + value.bytes.toString('utf8')).slice(-mostComplaint);
  }
}

/** A short command's output; undefined where it cannot be run or fails. */
export async function answerOf(
  kube: Kube,
  place: Place,
  words: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  let said = '';
  const { end } = await withCommand(kube, place, words, signal, (command) =>
    drain(command, async (bytes) => {
      said += bytes.toString('utf8');
    }),
  );
  return 'code' in end && end.code === 0 ? said : undefined;
}

const noProgram = /executable file not found|no such file or directory: unknown|exec: "[^"]*": stat|no tar/i;
const noFile = /No such file or directory|can't open|Cannot open|can't change dir|Cannot chdir/i;

/** Throws why it did not end well; `there` is what was asked for. */
export function insistOnEnd({ end, complaint }: Ended, { pod, container }: Place, there: string): void {
  if ('code' in end && end.code === 0) return;
  const reason = complaint || ('reason' in end ? end.reason : `tar ended with ${end.code}`);
  const what = `${pod}/${container}`;
  if (noProgram.test(reason) && !noFile.test(complaint)) {
    throw new AppError('not-possible', `Files cannot be copied: ${what} has no tar`, {
      params: { why: 'no-tar', what },
      detail: reason,
      hints: [
        { text: 'kubectl cp needs it too. Use an image with tar, or look at the files in a debugging container.' },
      ],
    });
  }
  const last = reason.split('\n').at(-1) ?? reason;
  if (noFile.test(reason)) {
    throw new AppError('not-found', `${what} has no ${there}`, {
      params: { what: `${what}:${there}` },
      detail: reason,
    });
  }
  throw new AppError('exec-failed', `Copying stopped in ${what}: ${last}`, {
    params: { command: 'tar', node: what },
    detail: reason,
  });
}
