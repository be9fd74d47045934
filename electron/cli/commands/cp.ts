// `boathouse cp`: files between this computer and a container.
import { resolve } from 'node:path';
import { parseCopy } from '../../../shared/model/pod-files';
import { totalDuration } from '../output/summary';
import { clientOf, type Session } from '../session';
import { contextCalled } from './kubeconfig/which';
import { failureOf, printFailure, printSuccess, runOperation } from './outcome';

export interface CopyOptions {
  namespace?: string;
  container?: string;
  force?: boolean;
  exact?: boolean;
}

/** @returns the exit code */
export async function copyFiles(
  session: Session,
  name: string,
  from: string,
  to: string,
  { namespace, container, force = false, exact = false }: CopyOptions,
): Promise<number> {
  const found = await contextCalled(session, name, exact);
  const { here, ...copy } = parseCopy(from, to, namespace ?? found?.namespace ?? 'default');
  const request = {
    ...copy,
    context: found?.name ?? name,
    here: here.startsWith('~/') ? here : resolve(here),
    force,
    ...(container !== undefined && { container }),
  };
  const operation = await runOperation(session, (client) => client.podFiles.copy(request));
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  for (const line of await leftOut(session, operation.id)) session.terminal.err(line);
  return printSuccess(session, { operation }, [`Copied ${from} to ${to} (${totalDuration(operation)})`]);
}

/** What was no file, or would have led elsewhere. */
async function leftOut(session: Session, id: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const some of await (await clientOf(session)).operations.log({ id })) {
    lines.push(...some.map(({ text }) => text).filter((text) => text.startsWith('left out: ')));
  }
  return lines;
}
