// `boathouse disk usage | clean`.
import {
  type Cleanup,
  cleanupSchema,
  cleanups,
  type Disk,
  type DiskPart,
  safeCleanups,
} from '../../../shared/model/disk';
import { AppError } from '../../../shared/model/errors';
import { exitCodes } from '../errors';
import { size } from '../output/size';
import { totalDuration } from '../output/summary';
import { tableLines } from '../output/table';
import { clientOf, printResult, type Session } from '../session';
import { isYes } from '../terminal';
import { failureOf, printFailure, printSuccess, runOperation } from './outcome';

const words: Record<Cleanup, string> = {
  'build-cache': 'build cache that nothing uses',
  'untagged-images': 'images without a name',
  'left-volumes': 'volumes of clusters that are gone',
  'unused-node-images': 'node images that no cluster uses',
  caches: 'all that caches keep',
};

/** @returns the exit code */
export async function usage(session: Session): Promise<number> {
  const disk = await (await clientOf(session)).disk.usage();
  printResult(session, disk, () => usageLines(disk));
  return exitCodes.done;
}

/** Owners with their parts, then what is shared, then what could go. */
export function usageLines(disk: Disk): string[] {
  const owners = disk.owners.flatMap(({ kind, name, bytes, parts }) => [
    [`${kind} ${name}`, size(bytes)],
    ...(parts.length > 1 ? parts.map(partRow) : []),
  ]);
  const shared = [
    ['images', size(disk.images)],
    ['build cache', size(disk.buildCache)],
    ['other volumes', size(disk.otherVolumes.reduce((sum, { bytes }) => sum + bytes, 0))],
    ...disk.otherVolumes.map(partRow),
  ];
  const rows = disk.cleanups.map(({ id, bytes }) => [id, size(bytes), words[id]]);
  return [
    ...tableLines([['WHAT', 'SIZE'], ...owners, ...shared], [1]),
    ...(rows.length > 0 ? ['', 'Can go, with: boathouse disk clean WHAT...', ...tableLines(rows, [1])] : []),
  ];
}

function partRow({ name, path, bytes }: DiskPart): string[] {
  return [`  ${name}${path ? ` ${path}` : ''}`, size(bytes)];
}

/** Without names, what loses nothing. @returns the exit code */
export async function clean(
  session: Session,
  what: readonly string[],
  options: { yes?: boolean; dryRun?: boolean },
): Promise<number> {
  const wanted = what.length > 0 ? what.map(known) : safeCleanups;
  const client = await clientOf(session);
  const found = (await client.disk.usage()).cleanups.filter(({ id }) => wanted.includes(id));
  const rows = found.flatMap(({ id, bytes, parts }) => [
    [id, size(bytes)],
    ...(id === 'build-cache' ? [] : parts.map((part) => [`  ${part.name}`, size(part.bytes)])),
  ]);
  const total = found.reduce((sum, { bytes }) => sum + bytes, 0);
  const lines = [...tableLines([['WHAT', 'SIZE'], ...rows], [1]), `Together ${size(total)} at most`];
  if (options.dryRun || found.length === 0) {
    const nothing = ['There is nothing to clean up.'];
    if (session.json && !options.dryRun) return printSuccess(session, {}, nothing);
    printResult(session, { cleanups: found }, () =>
      found.length === 0 ? nothing : [...lines, '', 'Nothing was removed.'],
    );
    return exitCodes.done;
  }
  if (!options.yes && !session.json && session.terminal.interactive) {
    for (const line of lines) session.terminal.err(line);
    const answer = await session.terminal.ask('Take these away? [y/N] ', session.interrupt);
    if (!isYes(answer)) throw new AppError('cancelled', 'Nothing was removed');
  }
  const operation = await runOperation(session, () => client.disk.clean({ cleanups: found.map(({ id }) => id) }));
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  return printSuccess(session, { operation }, [`Cleaned up, ${size(total)} at most (${totalDuration(operation)})`]);
}

function known(word: string): Cleanup {
  const parsed = cleanupSchema.safeParse(word);
  if (parsed.success) return parsed.data;
  throw new AppError('bad-input', `"${word}" is nothing that can be cleaned up`, {
    hints: [{ text: `Choose of: ${cleanups.join(', ')}` }],
  });
}
