// `boathouse dev --check`: what a folder is read as, or proposed to be, and what of it is not supported. Runs nothing.
import { resolve } from 'node:path';
import { AppError } from '../../../../shared/model/errors';
import { exitCodes } from '../../errors';
import { clientOf, printResult, type Session } from '../../session';
import { brokenLines, projectLines, proposalLines } from './lines';

export interface CheckOptions {
  profile?: string[];
  context?: string;
  save?: boolean;
  /** Copied into the folder before. */
  sample?: string;
}

/** @returns 0, or 2 where the file cannot be used, or nothing in the folder could be */
export async function check(session: Session, dir: string, options: CheckOptions): Promise<number> {
  const client = await clientOf(session);
  const { profile = [], context, save } = options;
  const paint = session.terminal.outPaint;
  const folder = resolve(dir);
  if (options.sample !== undefined) await client.devloop.startSample({ name: options.sample, dir: folder });
  const reading = await client.devloop.read({ dir: folder, profiles: profile, ...(context && { context }) });
  if (reading.kind === 'project') {
    if (save) throw alreadyThere(folder);
    printResult(session, reading, () => projectLines(reading.project, paint));
    return exitCodes.done;
  }
  if (reading.kind === 'broken') {
    printResult(session, reading, () => brokenLines(reading, paint));
    return exitCodes.usage;
  }
  const proposal = await client.devloop.propose({ dir: folder });
  const { yaml } = proposal;
  const saved = save && yaml !== undefined ? await client.devloop.save({ dir: folder, yaml }) : undefined;
  printResult(session, { ...reading, proposal, ...saved }, () => proposalLines(proposal, saved?.file, paint));
  return yaml === undefined ? exitCodes.usage : exitCodes.done;
}

function alreadyThere(folder: string): AppError {
  return new AppError('name-taken', `${folder} has a skaffold.yaml already`, {
    params: { name: folder },
    hints: [{ text: 'Without --save it is only read' }],
  });
}
