// `boathouse registry ...`: the local registry that clusters share, and what is in it.
import type { Client } from '../../../shared/contract';
import { AppError } from '../../../shared/model/errors';
import type { LocalRegistry } from '../../../shared/model/registry';
import { exitCodes } from '../errors';
import { size as bytes } from '../output/size';
import { totalDuration } from '../output/summary';
import { tableLines } from '../output/table';
import { clientOf, printResult, type Session } from '../session';
import { isYes } from '../terminal';
import { failureOf, printFailure, printSuccess, runOperation } from './outcome';

const ours = 'boathouse-registry';

export interface Named {
  /** Container of a registry; without it, ours. */
  registry?: string;
}

/** @returns the exit code */
export async function create(session: Session, options: { port?: number; image?: string }): Promise<number> {
  const { port, image } = options;
  const request = { ...(port !== undefined && { port }), ...(image && { image }) };
  return run(
    session,
    (client) => client.registry.create(request),
    async (client) => {
      const registry = (await client.registry.list()).find(({ name }) => name === ours);
      const address = registry?.address ?? 'localhost:5001';
      return [
        `The registry runs at ${address}.`,
        '',
        'Try next:',
        '  boathouse registry connect NAME',
        `  docker tag web:dev ${address}/web:dev && docker push ${address}/web:dev`,
        `  kubectl create deployment web --image=${address}/web:dev`,
      ];
    },
  );
}

/** @returns the exit code */
export function start(session: Session, { registry }: Named): Promise<number> {
  return run(
    session,
    (client) => client.registry.start(of(registry)),
    async () => [`${registry ?? ours} runs.`],
  );
}

/** @returns the exit code */
export function stop(session: Session, { registry }: Named): Promise<number> {
  const words = `${registry ?? ours} is stopped; its images are kept. Start it with: boathouse registry start`;
  return run(
    session,
    (client) => client.registry.stop(of(registry)),
    async () => [words],
  );
}

/** Asks first where a person can answer, and says what will be lost. @returns the exit code */
export async function remove(session: Session, options: Named & { yes?: boolean }): Promise<number> {
  const { registry } = options;
  if (!options.yes && !session.json && session.terminal.interactive) {
    const client = await clientOf(session);
    const found = await find(client, registry);
    const question = `Delete ${found.name} with ${await contentsOf(client, found)}? [y/N] `;
    const answer = await session.terminal.ask(question, session.interrupt);
    if (!isYes(answer)) throw new AppError('cancelled', 'Nothing was deleted');
  }
  return run(
    session,
    (client) => client.registry.delete(of(registry)),
    async () => [`${registry ?? ours} is deleted.`],
  );
}

async function contentsOf(client: Client, { name, state, clusters }: LocalRegistry): Promise<string> {
  const users = clusters.length > 0 ? `, which ${clusters.join(', ')} use${clusters.length === 1 ? 's' : ''}` : '';
  if (state !== 'running') return `all images in it${users}`;
  const [{ items, next }, usage] = await Promise.all([
    client.registry.repositories({ name }),
    client.registry.usage({ name }),
  ]);
  return `${items.length}${next ? ' or more' : ''} repositories (${bytes(usage.bytes)})${users}`;
}

/** @returns the exit code */
export function collect(session: Session, { registry }: Named): Promise<number> {
  return run(
    session,
    (client) => client.registry.collect(of(registry)),
    async (client) => {
      const usage = await client.registry.usage(of(registry));
      return [`Freed what no tag needs; ${bytes(usage.bytes)} are in use.`];
    },
  );
}

/** @returns the exit code */
export function connect(session: Session, cluster: string, { registry }: Named): Promise<number> {
  return run(
    session,
    (client) => client.registry.connect({ ...of(registry), cluster }),
    async (client) => {
      const { address } = await find(client, registry);
      return [`The nodes of ${cluster} fetch images from ${address}. Push one as ${address}/NAME:TAG`];
    },
  );
}

/** @returns the exit code */
export function disconnect(session: Session, cluster: string, { registry }: Named): Promise<number> {
  const words = `${cluster} no longer uses ${registry ?? ours}.`;
  return run(
    session,
    (client) => client.registry.disconnect({ ...of(registry), cluster }),
    async () => [words],
  );
}

/** @returns the exit code */
export async function status(session: Session): Promise<number> {
  const client = await clientOf(session);
  const registries = await client.registry.list();
  printResult(session, { registries }, () => {
    if (registries.length === 0) return ['No local registry yet. Make one with: boathouse registry create'];
    const rows = registries.map((one) => [
      one.name,
      one.state,
      one.address ?? '-',
      one.clusters.join(', ') || '-',
      one.madeBy,
    ]);
    return tableLines([['NAME', 'STATE', 'ADDRESS', 'CLUSTERS', 'MADE BY'], ...rows]);
  });
  return exitCodes.done;
}

/** Repositories, or the tags of one. @returns the exit code */
export async function list(session: Session, repository: string | undefined, { registry }: Named): Promise<number> {
  const client = await clientOf(session);
  const name = of(registry);
  if (repository === undefined) {
    const repositories = await pages((after) => client.registry.repositories({ ...name, ...after }));
    printResult(session, { repositories }, () => {
      if (repositories.length === 0) return ['The registry is empty.'];
      return tableLines([['REPOSITORY', 'TAGS'], ...repositories.map((one) => [one.name, String(one.tags)])], [1]);
    });
    return exitCodes.done;
  }
  const tags = await pages((after) => client.registry.tags({ ...name, repository, ...after }));
  printResult(session, { repository, tags }, () => {
    if (tags.length === 0) return [`The registry has no tags of ${repository}.`];
    const rows = tags.map((one) => [one.tag, bytes(one.size), one.platforms.join(', '), one.digest]);
    return tableLines([['TAG', 'SIZE', 'PLATFORMS', 'DIGEST'], ...rows], [1]);
  });
  return exitCodes.done;
}

async function pages<Item>(ask: (after: { after?: string }) => Promise<{ items: Item[]; next?: string | undefined }>) {
  const all: Item[] = [];
  for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
    const page = await ask(next === undefined ? {} : { after: next });
    all.push(...page.items);
    next = page.next;
  }
  return all;
}

/** @returns the exit code; `reference` may begin with the registry's address */
export async function removeTag(session: Session, reference: string, { registry }: Named): Promise<number> {
  const client = await clientOf(session);
  const [, repository, tag] = /^(?:[^/]+:\d+\/)?([^:@]+):([^:@]+)$/.exec(reference) ?? [];
  if (!repository || !tag) {
    throw new AppError('bad-input', `"${reference}" does not name a tag`, {
      hints: [{ text: 'For example: boathouse registry rm localhost:5001/web:dev' }],
    });
  }
  await client.registry.deleteTag({ ...of(registry), repository, tag });
  printResult(session, { repository, tag }, () => [
    `${repository}:${tag} is gone. Free its disk space with: boathouse registry gc`,
  ]);
  return exitCodes.done;
}

function of(registry: string | undefined) {
  return registry ? { name: registry } : {};
}

async function find(client: Client, registry: string = ours): Promise<LocalRegistry> {
  const found = (await client.registry.list()).find(({ name }) => name === registry);
  if (found) return found;
  throw new AppError('not-found', `There is no registry called ${registry}`, {
    params: { what: registry },
    hints: [{ text: 'See what there is with: boathouse registry status' }],
  });
}

async function run(
  session: Session,
  begin: (client: Client) => Promise<{ operationId: string }>,
  words: (client: Client) => Promise<string[]>,
): Promise<number> {
  const operation = await runOperation(session, begin);
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  const lines = session.json ? [] : await words(await clientOf(session));
  return printSuccess(session, { operation }, [...lines, `Done in ${totalDuration(operation)}.`]);
}
