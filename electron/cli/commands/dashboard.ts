// `boathouse dashboard`: a cluster's dashboard in the browser without a pasted token, its token for those who want one, its removal.
import type { DashboardKind, DashboardRights } from '../../../shared/model/dashboard';
import { AppError } from '../../../shared/model/errors';
import { isLocalOrigin, type KubeContext } from '../../../shared/model/kubeconfig';
import { dateIn } from '../../../shared/model/sentence';
import { openBrowser } from '../../host/open-browser';
import { exitCodes } from '../errors';
import { clientOf, printResult, type Session } from '../session';
import { canShowWindow } from '../surroundings';
import { isYes } from '../terminal';
import { knownContext } from './kubeconfig/which';
import { failureOf, printFailure, printSuccess, runOperation } from './outcome';

export interface DashboardOptions {
  open?: boolean;
  readOnly?: boolean;
  kind?: DashboardKind;
  image?: string;
  exact?: boolean;
  yes?: boolean;
}

const names: Record<DashboardKind, string> = {
  headlamp: 'Headlamp',
  'kubernetes-dashboard': 'The Kubernetes Dashboard',
};
const mayDo: Record<DashboardRights, string> = {
  'read-only': 'it shows everything but Secrets and changes nothing',
  admin: 'it may do everything in the whole cluster',
};

/** Stays until interrupted: the door closes with the command, the dashboard goes on. @returns the exit code */
export async function open(session: Session, name: string, options: DashboardOptions): Promise<number> {
  const { context, rights } = await wanted(session, name, options);
  const client = await clientOf(session);
  const failed = await ensure(session, context, rights, options);
  if (failed !== undefined) return failed;
  const opened = await client.dashboard.open({ context: context.name, rights });
  printResult(session, opened, () => [
    `${names[opened.kind]}: ${opened.address}`,
    `Signed in as ${rights}: ${mayDo[rights]}.`,
    'Shut this door with Ctrl-C; the dashboard stays in the cluster.',
  ]);
  if (options.open) await show(session, opened.invitation);
  await new Promise<void>((resolve) => {
    if (session.interrupt.aborted) resolve();
    session.interrupt.addEventListener('abort', () => resolve(), { once: true });
  });
  await client.dashboard.close({ context: context.name });
  return exitCodes.done;
}

/** @returns the exit code */
export async function token(session: Session, name: string, options: DashboardOptions): Promise<number> {
  const { context, rights } = await wanted(session, name, options);
  const client = await clientOf(session);
  const issued = await client.dashboard.token({ context: context.name, rights });
  printResult(session, issued, () => [issued.token]);
  if (!session.json) {
    const until = issued.expiresAt
      ? `It is valid until ${dateIn('en', issued.expiresAt)}.`
      : `It does not end by itself; it goes with: boathouse dashboard ${name} --remove`;
    session.terminal.err(`${until} Whoever has it: ${mayDo[rights]}.`);
  }
  return exitCodes.done;
}

/** @returns the exit code */
export async function remove(session: Session, name: string, options: DashboardOptions): Promise<number> {
  const context = await knownContext(session, name, options.exact);
  await agree(session, options, `Remove what Boathouse has set up for a dashboard in ${context.name}?`, context);
  const operation = await runOperation(session, (to) => to.dashboard.remove({ context: context.name }));
  const error = failureOf(operation);
  if (error) return printFailure(session, operation, error);
  return printSuccess(session, { operation }, [`Nothing of it is left in ${context.name}.`]);
}

async function wanted(
  session: Session,
  name: string,
  { exact, readOnly }: DashboardOptions,
): Promise<{ context: KubeContext; rights: DashboardRights }> {
  return { context: await knownContext(session, name, exact), rights: readOnly ? 'read-only' : 'admin' };
}

/** Sets up what is missing. @returns an exit code when that failed */
async function ensure(
  session: Session,
  context: KubeContext,
  rights: DashboardRights,
  options: DashboardOptions,
): Promise<number | undefined> {
  const client = await clientOf(session);
  const view = await client.dashboard.look({ context: context.name });
  const there = view.dashboards.length > 0 && options.kind === undefined && options.image === undefined;
  if (there && view.rights.includes(rights)) return undefined;
  const kind = there ? undefined : (options.kind ?? 'headlamp');
  const what = kind ? `${names[kind]} and ${rights} for it` : `${rights} for the dashboard that is there`;
  if (!isLocalOrigin(context.origin)) {
    await agree(session, options, `Set up ${what} (${mayDo[rights]}) in ${context.name}?`, context);
  }
  const request = {
    context: context.name,
    rights,
    ...(kind && { kind }),
    ...(options.image && { image: options.image }),
  };
  const operation = await runOperation(session, (to) => to.dashboard.setUp(request));
  const error = failureOf(operation);
  return error && printFailure(session, operation, error);
}

/** What is not on this computer is never changed unasked. Throws `cancelled`, `bad-input`. */
async function agree(
  session: Session,
  { yes }: DashboardOptions,
  question: string,
  { origin, name, server }: KubeContext,
): Promise<void> {
  if (yes) return;
  const far = !isLocalOrigin(origin);
  if (session.json || !session.terminal.interactive) {
    if (!far) return;
    throw new AppError('bad-input', `${name} is not on this computer: ${server ?? '-'}`, {
      hints: [{ text: 'Say --yes to do it nevertheless.' }],
    });
  }
  if (far) session.terminal.err(`${name} is not on this computer: ${server ?? '-'}`);
  const answer = await session.terminal.ask(`${question} [y/N] `, session.interrupt);
  if (!isYes(answer)) throw new AppError('cancelled', 'Nothing was changed');
}

async function show(session: Session, address: string): Promise<void> {
  const { environment, platform } = session.product;
  const opened = canShowWindow(platform, environment) && (await openBrowser(address, platform));
  if (!opened && !session.json)
    session.terminal.err('No browser could be opened from here: open the address yourself.');
}
