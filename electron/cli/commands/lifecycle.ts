// `boathouse start | stop | pause | resume | delete | cleanup`: one call each, shown until it has ended.
import { type Cluster, canWake } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import { totalDuration } from '../output/summary';
import { clientOf, type Session } from '../session';
import { isYes } from '../terminal';
import { failureOf, nextCommands, printFailure, printSuccess, runOperation } from './outcome';

/** @returns the exit code */
export function start(session: Session, name: string): Promise<number> {
  return begin(session, name, 'start');
}

/** @returns the exit code */
export function resume(session: Session, name: string): Promise<number> {
  return begin(session, name, 'resume');
}

async function begin(session: Session, name: string, verb: 'start' | 'resume'): Promise<number> {
  const client = await clientOf(session);
  const operation = await runOperation(session, () => client.clusters[verb]({ name }));
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  const cluster = await client.clusters.get({ name });
  return printSuccess(session, { operation, cluster }, [
    `Cluster "${name}" runs again after ${totalDuration(operation)}.`,
    `Try next: ${nextCommands(cluster)[0]}`,
  ]);
}

/** @returns the exit code */
export async function pause(session: Session, name: string, { wake = false }: { wake?: boolean }): Promise<number> {
  const client = await clientOf(session);
  const operation = await runOperation(session, () => client.clusters.pause({ name, wake }));
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  const cluster = await client.clusters.get({ name });
  return printSuccess(session, { operation, cluster }, [
    `Cluster "${name}" is paused after ${totalDuration(operation)}; its memory is kept.`,
    answerWords(cluster),
    `Resume it with: boathouse resume ${name}`,
  ]);
}

/** What those hear who ask a paused cluster. */
function answerWords(cluster: Cluster): string {
  const { wakes, madeBy } = cluster;
  if (wakes) return 'The first request resumes it, as long as the app runs (boathouse open, or boathouse serve).';
  if (canWake(cluster)) return 'kubectl and browsers are told so at its ports.';
  if (madeBy === 'boathouse') return 'kubectl is refused at once meanwhile; browsers are told so at its ports.';
  return `kubectl gets no answer meanwhile: ${madeBy} publishes ports of the nodes themselves.`;
}

const endings = {
  stop: { call: 'stop', words: 'is stopped; its data is kept. Start it with: boathouse start' },
  delete: { call: 'delete', words: 'is deleted' },
  cleanup: { call: 'cleanup', words: 'has left nothing behind' },
} as const;

async function end(session: Session, name: string, verb: keyof typeof endings): Promise<number> {
  const client = await clientOf(session);
  const operation = await runOperation(session, () => client.clusters[endings[verb].call]({ name }));
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  const more = verb === 'stop' ? ` ${name}` : ` (${totalDuration(operation)})`;
  return printSuccess(session, { operation }, [`Cluster "${name}" ${endings[verb].words}${more}`]);
}

/** @returns the exit code */
export function stop(session: Session, name: string): Promise<number> {
  return end(session, name, 'stop');
}

/** @returns the exit code */
export function cleanup(session: Session, name: string): Promise<number> {
  return end(session, name, 'cleanup');
}

/**
 * Asks first where a person can answer; scripts, like kind's users, are taken at their word.
 * @returns the exit code
 * @throws AppError `not-found` before anything is asked, `cancelled` for an answer other than yes
 */
export async function remove(session: Session, name: string, options: { yes?: boolean }): Promise<number> {
  if (!options.yes && !session.json && session.terminal.interactive) {
    const cluster = await (await clientOf(session)).clusters.get({ name });
    const question = `Delete cluster "${name}" with its ${countOf(cluster.nodes.length, 'node')} and all data in it? [y/N] `;
    const answer = await session.terminal.ask(question, session.interrupt);
    if (!isYes(answer)) throw new AppError('cancelled', 'Nothing was deleted');
  }
  return end(session, name, 'delete');
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
