// `boathouse scale | restart | rollback | delete --object | nodes cordon, uncordon, drain | cronjobs run, suspend, resume`.
import type { ActionPlan, ObjectAction, ObjectRef, Revision, SomeObjects } from '../../../shared/model/actions';
import { AppError } from '../../../shared/model/errors';
import { ageOf } from '../../../shared/model/objects';
import { exitCodes } from '../errors';
import { totalDuration } from '../output/summary';
import { tableLines } from '../output/table';
import { clientOf, printResult, type Session } from '../session';
import { isYes } from '../terminal';
import { kindCalled } from './get';
import { contextCalled } from './kubeconfig/which';
import { failureOf, followOperation, printFailure, printSuccess } from './outcome';

export interface ActOptions {
  namespace?: string;
  exact?: boolean;
  dryRun?: boolean;
  confirm?: string;
}

export interface DeleteOptions extends ActOptions {
  orphans?: boolean;
  force?: boolean;
  yes?: boolean;
}

/** One object of a context's cluster, as `deployment/web` says it. Throws `bad-input`, `not-found`. */
export async function objectCalled(
  session: Session,
  name: string,
  word: string,
  options: Pick<ActOptions, 'namespace' | 'exact'>,
): Promise<{ context: string; object: ObjectRef }> {
  const { context, objects } = await objectsCalled(session, name, [word], options);
  const [object] = objects;
  if (!object) throw unnamed(word);
  return { context, object };
}

async function objectsCalled(
  session: Session,
  name: string,
  words: readonly string[],
  { namespace, exact = false }: Pick<ActOptions, 'namespace' | 'exact'>,
): Promise<{ context: string; objects: ObjectRef[] }> {
  const named = words.map((word) => {
    const [, kindWord, called] = /^([^/\s]+)\/([^/\s]+)$/.exec(word) ?? [];
    if (!kindWord || !called) throw unnamed(word);
    return { kindWord, called };
  });
  const found = await contextCalled(session, name, exact);
  const context = found?.name ?? name;
  const kinds = await (await clientOf(session)).objects.kinds({ context });
  const objects = named.map(({ kindWord, called }) => {
    const { group, version, resource, namespaced } = kindCalled(kinds, kindWord);
    const within = namespaced ? { namespace: namespace ?? found?.namespace ?? 'default' } : {};
    return { kind: { group, version, resource }, ...within, name: called };
  });
  return { context, objects };
}

function unnamed(word: string): AppError {
  return new AppError('bad-input', `"${word}" names no object`, {
    hints: [{ text: 'Write its kind and its name, as in deployment/web' }],
  });
}

/** @returns the exit code */
export async function act(
  session: Session,
  name: string,
  word: string,
  action: ObjectAction,
  options: ActOptions,
): Promise<number> {
  const { context, object } = await objectCalled(session, name, word, options);
  const client = await clientOf(session);
  if (options.dryRun) return printPlan(session, await client.actions.plan({ context, object, action }));
  const confirmed = await confirmation(session, context, options.confirm);
  const { operationId, made } = await client.actions.act({
    context,
    object,
    action,
    ...(confirmed !== undefined && { confirmed }),
  });
  const said = made === undefined ? `${word}: ${doneWords[action.verb]}` : `Job ${made} has started`;
  if (operationId === undefined) return printSuccess(session, { ...(made && { made }) }, [said]);
  return followAct(session, operationId, said);
}

function printPlan(session: Session, plan: ActionPlan): number {
  printResult(session, plan, () => [...planLines(plan), 'Nothing was changed.']);
  return exitCodes.done;
}

async function followAct(session: Session, operationId: string, said: string): Promise<number> {
  const operation = await followOperation(session, operationId);
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  return printSuccess(session, { operation }, [`${said} (${totalDuration(operation)})`]);
}

const doneWords: Record<ObjectAction['verb'], string> = {
  scale: 'scaled',
  restart: 'restarted',
  'roll-back': 'rolled back',
  trigger: 'started',
  suspend: 'suspended; it makes no Jobs',
  resume: 'resumed; it makes Jobs again',
  cordon: 'takes no more pods',
  uncordon: 'takes pods again',
  drain: 'is empty and takes no more pods',
  delete: 'deleted',
};

/** Of a cluster elsewhere its name is asked for, where there is somebody to ask; else it has to be given. */
export async function confirmation(
  session: Session,
  context: string,
  given: string | undefined,
): Promise<string | undefined> {
  if (given !== undefined || session.json || !session.terminal.interactive) return given;
  const { contexts } = await (await clientOf(session)).kubeconfig.list();
  const origin = contexts.find((one) => one.name === context)?.origin;
  if (origin !== 'remote' && origin !== 'unknown') return undefined;
  const question = `The cluster of ${context} is not on this computer. Type its name to go on: `;
  return (await session.terminal.ask(question, session.interrupt)).trim();
}

/** @returns the exit code */
export async function scale(
  session: Session,
  name: string,
  word: string,
  count: string,
  options: ActOptions,
): Promise<number> {
  const replicas = /^\d+$/.test(count) ? Number(count) : Number.NaN;
  if (Number.isNaN(replicas)) {
    throw new AppError('bad-input', `"${count}" is no number of pods`, {
      hints: [{ text: 'For example: boathouse scale shop deployment/web 3' }],
    });
  }
  return act(session, name, word, { verb: 'scale', replicas }, options);
}

/** @returns the exit code */
export async function rollBack(
  session: Session,
  name: string,
  word: string,
  { to, ...options }: ActOptions & { to?: number },
): Promise<number> {
  if (to !== undefined && !(Number.isInteger(to) && to > 0)) throw new AppError('bad-input', 'A revision is a number');
  const action: ObjectAction = { verb: 'roll-back', ...(to !== undefined && { revision: to }) };
  return act(session, name, word, action, options);
}

/** @returns the exit code */
export async function listRevisions(
  session: Session,
  name: string,
  word: string,
  options: ActOptions,
): Promise<number> {
  const revisions = await (await clientOf(session)).actions.revisions(await objectCalled(session, name, word, options));
  printResult(session, { revisions }, () => revisionLines(revisions));
  return exitCodes.done;
}

function revisionLines(revisions: readonly Revision[]): string[] {
  if (revisions.length === 0) return ['There are no revisions.'];
  const rows = revisions.map(({ revision, createdAt, images, cause, current }) => [
    `${revision}${current ? ' (now)' : ''}`,
    createdAt ? ageOf(createdAt, Date.now()) : '-',
    images.join(', '),
    cause ?? '-',
  ]);
  return tableLines([['REVISION', 'AGE', 'IMAGES', 'CAUSE'], ...rows]);
}

/** @returns the exit code */
export async function drain(session: Session, name: string, node: string, options: DeleteOptions): Promise<number> {
  const action: ObjectAction = { verb: 'drain', force: options.force ?? false };
  return asked(session, name, `node/${node}`, action, options);
}

/** One after the other as they are named; several in one operation. @returns the exit code */
export async function deleteObjects(
  session: Session,
  name: string,
  words: readonly string[],
  options: DeleteOptions,
): Promise<number> {
  const [word = '', ...others] = words;
  const how = { orphans: options.orphans ?? false, force: options.force ?? false };
  if (others.length === 0) return asked(session, name, word, { verb: 'delete', ...how }, options);
  const client = await clientOf(session);
  const named = await objectsCalled(session, name, words, options);
  const deletion = { ...named, ...how };
  const { context } = named;
  const title = `${words.length} objects`;
  const plan = () => client.actions.planDeletion(deletion);
  if (options.dryRun) return printPlan(session, await plan());
  await ask(session, `Delete ${title}`, options, plan);
  const confirmed = await confirmation(session, context, options.confirm);
  const { operationId } = await client.actions.deleteSeveral({
    ...deletion,
    ...(confirmed !== undefined && { confirmed }),
  });
  return followAct(session, operationId, `${title}: deleted`);
}

/** Says what would be lost first, and asks. */
async function asked(
  session: Session,
  name: string,
  word: string,
  action: ObjectAction,
  options: DeleteOptions,
): Promise<number> {
  await ask(session, `${action.verb === 'drain' ? 'Drain' : 'Delete'} ${word}`, options, async () => {
    const named = await objectCalled(session, name, word, options);
    return (await clientOf(session)).actions.plan({ ...named, action });
  });
  return act(session, name, word, action, options);
}

/** Where there is somebody to ask. Throws `cancelled` at no. */
async function ask(
  { terminal, json, interrupt }: Session,
  what: string,
  { yes, dryRun }: DeleteOptions,
  plan: () => Promise<ActionPlan>,
): Promise<void> {
  if (yes || dryRun || json || !terminal.interactive) return;
  for (const line of planLines(await plan())) terminal.err(line);
  const answer = await terminal.ask(`${what}? [y/N] `, interrupt);
  if (!isYes(answer)) throw new AppError('cancelled', 'Nothing was changed');
}

function planLines({ losses, moves, keeps, data, usedBy, finalizers, owners, command }: ActionPlan): string[] {
  const some = (title: string, objects: readonly SomeObjects[]) =>
    objects.length === 0 ? [] : [title, ...objects.map((one) => `  ${one.count} ${one.kind}: ${namesOf(one)}`)];
  const words = (title: string, all: readonly string[]) =>
    all.length === 0 ? [] : [title, ...all.map((w) => `  ${w}`)];
  return [
    ...some('Made anew on other nodes:', moves),
    ...some('Lost:', losses),
    ...words('Data that is lost for good:', data),
    ...some('Stays:', keeps),
    ...some('Uses it, and will miss it:', usedBy),
    ...words('Has to let it go first:', finalizers),
    ...owners.map((owner) => `${owner.kind} ${owner.name} makes a new one at once.`),
    `The same by kubectl: ${command}`,
  ];
}

function namesOf({ names, count }: SomeObjects): string {
  return `${names.join(', ')}${count > names.length ? ` and ${count - names.length} more` : ''}`;
}
