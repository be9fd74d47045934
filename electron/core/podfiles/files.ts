// Files between this computer and containers: each copy is an operation, which tells how far it is and can be cancelled.
import { rm, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { AppError } from '../../../shared/model/errors';
import { copyCommand, type FileCopy, type FilesGiven } from '../../../shared/model/pod-files';
import { targetText } from '../../../shared/model/pod-target';
import type { Connect } from '../dashboard/door';
import type { Offers } from '../images/offered';
import type { StepAction } from '../operations/operation';
import type { Operations } from '../operations/operations';
import { findPlace } from '../podexec/place';
import { goalHere, receive } from './receive';
import { send, sendGiven } from './send';

export interface FileDependencies {
  connect: Connect;
  operations: Operations;
  /** Files that windows have. */
  offers: Pick<Offers, 'find'>;
  homeDirectory: string;
  /** The engine's address; of what the history of an operation is kept. */
  engineHost(): string;
}

/** What can be known before is thrown; the rest is the operation's. */
export async function copyFiles(
  { connect, operations, homeDirectory, engineHost }: FileDependencies,
  copy: FileCopy,
  signal: AbortSignal,
): Promise<{ operationId: string }> {
  const { context, target, direction, there } = copy;
  const here = absolute(copy.here, homeDirectory);
  const kube = await connect(context, signal);
  const { place } = await findPlace(kube, target, copy.container, signal);
  let run: StepAction;
  if (direction === 'in') {
    await stat(here).catch((error: Error) => {
      throw new AppError('bad-input', `${here} cannot be read: ${error.message}`);
    });
    run = (step) => send(kube, place, { here, there }, step);
  } else {
    const { goal, fresh } = await goalHere(here, there, copy.force);
    run = (step) => {
      // Half of a copy is none.
      if (fresh) step.undo(goal, () => rm(goal, { recursive: true, force: true }));
      return receive(kube, place, { there, goal }, step);
    };
  }
  const kind = direction === 'in' ? 'files-in' : 'files-out';
  const from = direction === 'in' ? `${here} into` : `${there} out of`;
  const title = `Copying ${from} ${place.pod}`;
  return begin({ operations, engineHost }, copy, { kind, title, command: copyCommand(copy) }, run);
}

/** Files that a window has. Throws `not-found`, also for one that is not offered, `not-ready`, `kubernetes-refused`. */
export async function giveFiles(
  { connect, operations, engineHost, offers }: FileDependencies,
  given: FilesGiven,
  signal: AbortSignal,
): Promise<{ operationId: string }> {
  const { context, target, there } = given;
  const files = given.files.map(({ file, path }) => {
    const { size, read } = offers.find(file);
    return { path, size, read };
  });
  const kube = await connect(context, signal);
  const { place } = await findPlace(kube, target, given.container, signal);
  const what = files.length === 1 ? files[0]?.path : `${files.length} files`;
  const title = `Copying ${what} into ${place.pod}`;
  return begin({ operations, engineHost }, given, { kind: 'files-in', title }, (step) =>
    sendGiven(kube, place, { files, there }, step),
  );
}

function begin(
  { operations, engineHost }: Pick<FileDependencies, 'operations' | 'engineHost'>,
  { context, target, there }: Pick<FileCopy, 'context' | 'target' | 'there'>,
  does: { kind: 'files-in' | 'files-out'; title: string; command?: string },
  run: StepAction,
): { operationId: string } {
  const step = { ...does, id: does.kind, lane: 'cluster', weight: 5, after: [] };
  const subject = `${targetText(target)}:${there} · ${context}`;
  return operations.start(
    { plan: { kind: 'object', subject, steps: [step] }, actions: new Map([[does.kind, run]]) },
    engineHost(),
  );
}

/** Throws `bad-input` for a path that depends on where the app was started. */
function absolute(path: string, home: string): string {
  if (path === '~' || path.startsWith('~/')) return join(home, path.slice(1));
  if (isAbsolute(path)) return path;
  throw new AppError('bad-input', `${path} is no whole path`, {
    hints: [{ text: 'Begin with the root, or with ~/ for the home directory.' }],
  });
}
