// `boathouse caches ...`: pull-through caches of registries elsewhere.
import type { Client } from '../../../shared/contract';
import type { Cache } from '../../../shared/model/caches';
import { AppError } from '../../../shared/model/errors';
import { exitCodes } from '../errors';
import { parseSize, size } from '../output/size';
import { totalDuration } from '../output/summary';
import { tableLines } from '../output/table';
import { clientOf, printResult, type Session } from '../session';
import { isYes } from '../terminal';
import { failureOf, printFailure, printSuccess, runOperation } from './outcome';

export interface Choices {
  budget?: string;
  url?: string;
  anonymous?: boolean;
}

function choicesOf({ budget, url, anonymous, signIn }: Choices & { signIn?: boolean }) {
  return {
    ...(budget !== undefined && { budget: sizeOf(budget) }),
    ...(url && { url }),
    ...(anonymous && { signIn: false }),
    ...(signIn && { signIn: true }),
  };
}

function sizeOf(text: string): number {
  const bytes = parseSize(text);
  if (bytes !== undefined) return bytes;
  throw new AppError('bad-input', `"${text}" is not a size`, { hints: [{ text: 'Write it like 500MB or 30GB.' }] });
}

/** @returns the exit code */
export function create(session: Session, upstream: string, options: Choices & { image?: string }): Promise<number> {
  const { image } = options;
  return run(session, (client) => client.caches.create({ upstream, ...choicesOf(options), ...(image && { image }) }), [
    `Clusters fetch images of ${upstream} through the cache from their next pull on.`,
  ]);
}

/** @returns the exit code */
export function change(session: Session, upstream: string, options: Choices & { signIn?: boolean }): Promise<number> {
  return run(session, (client) => client.caches.change({ upstream, ...choicesOf(options) }), [
    `The cache of ${upstream} is changed; what it keeps stayed.`,
  ]);
}

/** @returns the exit code */
export function start(session: Session, upstream: string): Promise<number> {
  return run(session, (client) => client.caches.start({ upstream }), [`The cache of ${upstream} runs.`]);
}

/** @returns the exit code */
export function stop(session: Session, upstream: string): Promise<number> {
  const words = `The cache of ${upstream} is stopped; what it keeps stays. Start it with: boathouse caches start ${upstream}`;
  return run(session, (client) => client.caches.stop({ upstream }), [words]);
}

/** Asks first where a person can answer, and says what will be lost. @returns the exit code */
export async function remove(session: Session, upstream: string, options: { yes?: boolean }): Promise<number> {
  if (!options.yes && !session.json && session.terminal.interactive) {
    const question = `Delete the cache of ${upstream} with all images that it keeps? [y/N] `;
    const answer = await session.terminal.ask(question, session.interrupt);
    if (!isYes(answer)) throw new AppError('cancelled', 'Nothing was deleted');
  }
  return run(session, (client) => client.caches.delete({ upstream }), [`The cache of ${upstream} is deleted.`]);
}

/** @returns the exit code */
export async function prune(session: Session, upstream: string, { keep }: { keep: string }): Promise<number> {
  const client = await clientOf(session);
  const { freed } = await client.caches.prune({ upstream, keep: sizeOf(keep) });
  printResult(session, { upstream, freed }, () => [`Freed ${size(freed)}.`]);
  return exitCodes.done;
}

/** @returns the exit code */
export function connect(session: Session, upstream: string, cluster: string): Promise<number> {
  return run(session, (client) => client.caches.connect({ upstream, cluster }), [
    `The nodes of ${cluster} ask the cache of ${upstream} first.`,
  ]);
}

/** @returns the exit code */
export function disconnect(session: Session, upstream: string, cluster: string): Promise<number> {
  return run(session, (client) => client.caches.disconnect({ upstream, cluster }), [
    `The nodes of ${cluster} ask ${upstream} itself.`,
  ]);
}

/** @returns the exit code */
export async function list(session: Session): Promise<number> {
  const client = await clientOf(session);
  const caches = await client.caches.list();
  const usage = await Promise.all(caches.map((cache) => usageOf(client, cache)));
  const document = caches.map((cache, index) => ({ ...cache, ...usage[index] }));
  printResult(session, { caches: document }, () => {
    if (document.length === 0) return ['No cache yet. Make one with: boathouse caches create docker.io'];
    const rows = document.map((one) => [
      one.upstream,
      one.state,
      one.bytes === undefined ? '-' : size(one.bytes),
      size(one.budget),
      one.clusters.join(', ') || '-',
      one.account ?? '-',
    ]);
    const away = document.filter(({ asksUpstream }) => asksUpstream === false);
    return [
      ...tableLines([['UPSTREAM', 'STATE', 'USED', 'BUDGET', 'CLUSTERS', 'ACCOUNT'], ...rows], [2, 3]),
      ...away.map(({ upstream }) => `${upstream} cannot be reached: the cache serves what it keeps.`),
    ];
  });
  return exitCodes.done;
}

/** Nothing of one that does not run. */
async function usageOf(
  client: Client,
  { upstream, state }: Cache,
): Promise<{ bytes?: number; asksUpstream?: boolean }> {
  if (state !== 'running') return {};
  return client.caches.usage({ upstream }).catch(() => ({}));
}

async function run(
  session: Session,
  begin: (client: Client) => Promise<{ operationId: string }>,
  words: readonly string[],
): Promise<number> {
  const operation = await runOperation(session, begin);
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  return printSuccess(session, { operation }, [...words, `Done in ${totalDuration(operation)}.`]);
}
