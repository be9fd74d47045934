// Files and folders of this computer into a container: as an archive that its tar unpacks while it is made.
import { posix } from 'node:path';
import type { RunningCommand } from '../kube/command';
import type { Kube } from '../kube/connect';
import type { ContainerPlace as Place } from '../kube/open-command';
import { takeWord } from '../kube/take';
import type { StepContext } from '../operations/operation';
import { answerOf, drain, type Ended, insistOnEnd, withCommand } from './in-container';
import { findAll, type GivenFile, packAll, packGiven, sizeOf } from './pack';

/** Before Kubernetes 1.30 a command cannot be told that its input has ended: the shell hands on as many bytes as it is told. */
const counting = `
command -v tar >/dev/null || { echo "no tar" >&2; exit 127; }
${takeWord}
while read -r size && [ "$size" -gt 0 ]; do take "$size"; done | tar -xmf - -C "$1"`;

/** What is sent: where it goes, how many bytes its files have, and the archive, made anew by each call. */
interface Sending {
  folder: string;
  total: number;
  pack(): AsyncIterable<unknown>;
}

/** Into `there` where that is a folder, else as `there`. Throws `bad-input`, and as {@link insistOnEnd} does. */
export async function send(
  kube: Kube,
  place: Place,
  { here, there }: { here: string; there: string },
  step: StepContext,
): Promise<void> {
  const { signal, log } = step;
  const goal = await goalOf(kube, place, here, there, signal);
  const [folder, name] = [posix.dirname(goal), posix.basename(goal)];
  const all = await findAll(here, name, signal);
  const pack = () =>
    packAll(all, signal, (path) => log(`left out: ${path}: it is neither a file, a folder nor a link`));
  await transferAll(kube, place, { folder, total: sizeOf(all), pack }, step);
  log(`${here} is ${goal} in ${place.pod}/${place.container}`);
}

/** Files of a window: several into the folder `there`, one alone as {@link send} does. Throws as that does, `not-found` for one that is withdrawn. */
export async function sendGiven(
  kube: Kube,
  place: Place,
  { files, there }: { files: readonly GivenFile[]; there: string },
  step: StepContext,
): Promise<void> {
  const [only, ...others] = files;
  let sending = { folder: there, files };
  if (only && others.length === 0 && !only.path.includes('/')) {
    const goal = await goalOf(kube, place, only.path, there, step.signal);
    sending = { folder: posix.dirname(goal), files: [{ ...only, path: posix.basename(goal) }] };
  }
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const pack = () => packGiven(sending.files, step.signal);
  await transferAll(kube, place, { folder: sending.folder, total, pack }, step);
  for (const { path } of sending.files) {
    step.log(`${posix.join(sending.folder, path)} is in ${place.pod}/${place.container}`);
  }
}

async function transferAll(
  kube: Kube,
  place: Place,
  { folder, total, pack }: Sending,
  { signal, transfer }: StepContext,
): Promise<void> {
  transfer({ moved: 0, total, present: 0 });
  const counted = (command: RunningCommand) => !command.endsInput;
  const words = ['tar', '-xmf', '-', '-C', folder];
  // Which protocol is spoken is known when it is open.
  const first = await withCommand(kube, place, words, signal, async (command) => {
    if (counted(command)) return undefined;
    return give(command, pack(), total, transfer);
  });
  const ended =
    first ??
    (await withCommand(kube, place, ['sh', '-c', counting, 'sh', folder], signal, (command) =>
      give(command, pack(), total, transfer),
    ));
  insistOnEnd(ended, place, folder);
  transfer({ moved: total, total, present: 0 });
}

/** kubectl cp: a folder that is there already takes it in. */
async function goalOf(kube: Kube, place: Place, here: string, there: string, signal: AbortSignal): Promise<string> {
  const clean = posix.normalize(there).replace(/(.)\/+$/, '$1');
  const name = here.split(/[/\\]/).findLast((part) => part !== '') ?? 'root';
  const within = posix.join(clean, name);
  if (there.endsWith('/') || clean === '.' || clean === '..') return within;
  const isFolder = (await answerOf(kube, place, ['test', '-d', clean], signal)) !== undefined;
  return isFolder ? within : clean;
}

async function give(
  command: RunningCommand,
  archive: AsyncIterable<unknown>,
  total: number,
  transfer: StepContext['transfer'],
): Promise<Ended> {
  let over = false;
  const ended = drain(command, async () => {}).finally(() => {
    over = true;
  });
  let moved = 0;
  for await (const chunk of archive as AsyncIterable<Buffer>) {
    if (over) break;
    await command.write(command.endsInput ? chunk : Buffer.concat([Buffer.from(`${chunk.length}\n`), chunk]));
    moved += chunk.length;
    // Headers and what fills blocks up are sent too.
    transfer({ moved: Math.min(moved, total), total, present: 0 });
  }
  if (command.endsInput) command.endInput();
  else if (!over) await command.write(Buffer.from('0\n'));
  return ended;
}
