// `boathouse images load | pull | list | remove | prune`.
import { resolve } from 'node:path';
import { AppError } from '../../../shared/model/errors';
import type { ClusterImages, EngineImage, StaleWorkload } from '../../../shared/model/images';
import type { Operation, StepProgress } from '../../../shared/model/operation';
import { exitCodes } from '../errors';
import { size } from '../output/size';
import { totalDuration } from '../output/summary';
import { tableLines } from '../output/table';
import { clientOf, printResult, type Session } from '../session';
import { isYes } from '../terminal';
import { failureOf, printFailure, printSuccess, runOperation } from './outcome';

export interface LoadOptions {
  node?: string[];
  archive?: string;
  pull?: boolean;
  restart?: boolean;
}

/** @returns the exit code */
export async function loadImages(
  session: Session,
  name: string,
  words: string[],
  options: LoadOptions,
): Promise<number> {
  const { node, archive, pull, restart } = options;
  if (words.length === 0 && !archive) {
    throw new AppError('bad-input', 'Say which images to load', {
      hints: [{ text: 'For example: boathouse images load shop web:dev, or with --archive FILE' }],
    });
  }
  const client = await clientOf(session);
  const operation = await runOperation(session, () =>
    client.images.load({
      name,
      images: words,
      ...(archive && { archive: resolve(archive) }),
      ...(node && { nodes: node }),
      pull: pull ?? false,
      restart: restart ?? false,
    }),
  );
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  const stale = restart || session.json ? [] : await client.images.stale({ operationId: operation.id }).catch(() => []);
  return printSuccess(session, { operation }, [...loadLines(operation), ...staleLines(name, stale)]);
}

/** @returns the exit code */
export async function pullImages(
  session: Session,
  name: string,
  words: string[],
  { node }: { node?: string[] },
): Promise<number> {
  const operation = await runOperation(session, (client) =>
    client.images.pull({ name, images: words, ...(node && { nodes: node }) }),
  );
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  return printSuccess(session, { operation }, [`Pulled ${words.join(' ')} (${totalDuration(operation)})`]);
}

/** What travelled to each node, and what need not. */
export function loadLines(operation: Operation): string[] {
  const rows = operation.steps
    .filter(({ kind }) => kind === 'image-load')
    .map((step) => [step.lane, ...movedWords(step)]);
  return [...tableLines([['NODE', 'MOVED', 'WAS THERE'], ...rows], [1, 2]), `Loaded in ${totalDuration(operation)}`];
}

function movedWords({ transfer }: StepProgress): string[] {
  return transfer ? [size(transfer.moved), size(transfer.present)] : ['-', '-'];
}

function staleLines(name: string, stale: readonly StaleWorkload[]): string[] {
  if (stale.length === 0) return [];
  const rows = stale.map((one) => [`  ${one.kind.toLowerCase()} ${one.namespace}/${one.name}`, one.images.join(' ')]);
  const again = 'Load again with --restart to restart them, or: kubectl rollout restart';
  return ['', `These in ${name} still run an older image of the same name:`, ...tableLines(rows), again];
}

/** @returns the exit code */
export async function listImages(session: Session, name: string | undefined): Promise<number> {
  const client = await clientOf(session);
  if (name === undefined) {
    const images = await client.images.engine();
    printResult(session, { images }, () => engineLines(images));
  } else {
    const list = await client.images.list({ name });
    printResult(session, list, () => [...matrixLines(name, list), ...staleLines(name, list.stale)]);
  }
  return exitCodes.done;
}

const shortId = (id: string) => id.replace('sha256:', '').slice(0, 12);
const shortName = (name: string) => name.replace(/^docker\.io\/(library\/)?/, '');

function engineLines(images: readonly EngineImage[]): string[] {
  if (images.length === 0) return ['The engine has no images.'];
  const rows = images.map(({ id, names, size: bytes }) => [names.join(', ') || '-', shortId(id), size(bytes)]);
  return tableLines([['IMAGE', 'ID', 'SIZE'], ...rows], [2]);
}

/** A row for each image, a column for each node. */
export function matrixLines(cluster: string, { nodes, images }: ClusterImages): string[] {
  const columns = nodes.map(({ name }) => name.replace(`${cluster}-`, ''));
  const rows = images.map((image) => [
    image.names.map(shortName).join(', ') || '-',
    shortId(image.id),
    size(image.size),
    String(image.pods.length || '-'),
    ...nodes.map(({ name, problem }) => (problem ? '?' : image.nodes.includes(name) ? 'x' : '')),
  ]);
  const problems = nodes.flatMap(({ name, problem }) => (problem ? [`${name} could not be asked: ${problem}`] : []));
  return [...tableLines([['IMAGE', 'ID', 'SIZE', 'PODS', ...columns], ...rows], [2, 3]), ...problems];
}

/** @returns the exit code */
export async function removeImages(
  session: Session,
  name: string,
  words: string[],
  { node }: { node?: string[] },
): Promise<number> {
  const client = await clientOf(session);
  const operation = await runOperation(session, () =>
    client.images.remove({ name, images: words, ...(node && { nodes: node }) }),
  );
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  return printSuccess(session, { operation }, [`Removed ${words.join(' ')} (${totalDuration(operation)})`]);
}

/** @returns the exit code */
export async function pruneImages(
  session: Session,
  name: string,
  options: { yes?: boolean; dryRun?: boolean },
): Promise<number> {
  const client = await clientOf(session);
  const images = await client.images.prunable({ name });
  const total = images.reduce((sum, image) => sum + image.size * image.nodes.length, 0);
  const rows = images.map((image) => [
    image.names.map(shortName).join(', ') || shortId(image.id),
    size(image.size),
    `${image.nodes.length}`,
  ]);
  const lines = [...tableLines([['IMAGE', 'SIZE', 'NODES'], ...rows], [1, 2]), `Together ${size(total)} at most`];
  const nothing = [`No image of ${name} is unused.`];
  if (options.dryRun || images.length === 0) {
    if (session.json && !options.dryRun) return printSuccess(session, {}, nothing);
    printResult(session, { images }, () => (images.length === 0 ? nothing : [...lines, '', 'Nothing was removed.']));
    return exitCodes.done;
  }
  if (!options.yes && !session.json && session.terminal.interactive) {
    for (const line of lines) session.terminal.err(line);
    const answer = await session.terminal.ask(`Remove these from the nodes of "${name}"? [y/N] `, session.interrupt);
    if (!isYes(answer)) throw new AppError('cancelled', 'Nothing was removed');
  }
  const operation = await runOperation(session, () =>
    client.images.remove({ name, images: images.map(({ id }) => id) }),
  );
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  return printSuccess(session, { operation }, [`Removed ${images.length} images (${totalDuration(operation)})`]);
}
