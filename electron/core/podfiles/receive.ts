// A file or folder out of a container: its tar makes an archive, which is unpacked here while it comes.
import { stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { extract } from 'tar-stream';
import { AppError } from '../../../shared/model/errors';
import type { Kube } from '../kube/connect';
import type { ContainerPlace as Place } from '../kube/open-command';
import type { StepContext } from '../operations/operation';
import { answerOf, drain, insistOnEnd, withCommand } from './in-container';
import { unpack } from './unpack';

/** As `goal`, which {@link goalHere} gives. Throws `not-possible` for what climbs out, `bad-input`, and as {@link insistOnEnd} does. */
export async function receive(
  kube: Kube,
  place: Place,
  { there, goal }: { there: string; goal: string },
  { signal, log, transfer }: StepContext,
): Promise<void> {
  const { folder, name } = splitThere(there);
  const total = await sizeThere(kube, place, there, signal);
  let moved = 0;
  const tell = () => transfer({ moved, ...(total && { total: Math.max(total, moved) }), present: 0 });
  tell();
  const ear = {
    moved(bytes: number) {
      moved += bytes;
      tell();
    },
    leftOut: (what: string) => log(`left out: ${what}`),
  };
  // A name that begins with a dash is no option behind `./`.
  const words = ['tar', '-cf', '-', '-C', folder, name === '' ? '.' : `./${name}`];
  const ended = await withCommand(kube, place, words, signal, async (command) => {
    const archive = extract();
    const unpacked = unpack(archive, name, goal, ear);
    // What cannot be written here ends the command.
    const failed = unpacked.then(
      () => new Promise<never>(() => {}),
      (error: unknown) => {
        throw error;
      },
    );
    const give = async (bytes: Buffer) => {
      if (!archive.write(bytes))
        await Promise.race([new Promise<void>((resolve) => archive.once('drain', () => resolve())), failed]);
    };
    const end = await Promise.race([drain(command, give), failed]);
    // What was cut off is told by its command before it is by the archive.
    if (!('code' in end.end)) {
      archive.destroy(new Error('cut off'));
      await unpacked.catch(() => {});
    } else {
      archive.end(undefined);
      if (end.end.code === 0 || changedMeanwhile(end.complaint)) await unpacked;
      else await unpacked.catch(() => {});
    }
    return end;
  });
  if (changedMeanwhile(ended.complaint)) log(ended.complaint);
  else insistOnEnd(ended, place, there);
  log(`${there} of ${place.pod}/${place.container} is ${goal}`);
}

/** GNU tar ends with 1 then, though all is in the archive. */
const changedMeanwhile = (complaint: string) =>
  /file changed as we read it/.test(complaint) && !/Exiting with failure/.test(complaint);

function splitThere(there: string): { folder: string; name: string } {
  const clean = posix.normalize(there).replace(/(.)\/+$/, '$1');
  if (clean === '/' || clean === '.' || clean.endsWith('..')) return { folder: clean, name: '' };
  return { folder: posix.dirname(clean), name: posix.basename(clean) };
}

/** Bytes, where the container can tell. */
async function sizeThere(kube: Kube, place: Place, there: string, signal: AbortSignal): Promise<number | undefined> {
  const said = await answerOf(kube, place, ['du', '-sk', there], signal);
  const kilobytes = Number(/^(\d+)\s/.exec(said ?? '')?.[1]);
  return kilobytes > 0 ? kilobytes * 1024 : undefined;
}

/**
 * Where it goes on this computer: below `here` where that is a folder, else `here` itself. `fresh`: nothing is there. Throws `name-taken` for
 * what is there already, unless it is to be written over.
 */
export async function goalHere(here: string, there: string, force: boolean): Promise<{ goal: string; fresh: boolean }> {
  const { name } = splitThere(there);
  const isFolder = (await stat(here).catch(() => undefined))?.isDirectory() ?? false;
  const goal = isFolder && name !== '' ? join(here, name) : here.replace(/(.)[/\\]+$/, '$1');
  const fresh = (await stat(goal).catch(() => undefined)) === undefined;
  if (!fresh && !force) {
    throw new AppError('name-taken', `${goal} is there already`, {
      params: { name: goal },
      hints: [{ text: 'Write over it with --force, or say another place.' }],
    });
  }
  return { goal, fresh };
}
