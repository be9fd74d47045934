// How an operation ended, in words and as an exit code: the same for every command that runs one.
import type { Client } from '../../../shared/contract';
import type { Cluster } from '../../../shared/model/cluster';
import type { ErrorData } from '../../../shared/model/errors';
import type { Operation } from '../../../shared/model/operation';
import { errorLines, exitCodeOf, exitCodes } from '../errors';
import { follow } from '../follow';
import type { ResultLine } from '../json';
import { createProgressView } from '../output/progress-view';
import { clientOf, type Session } from '../session';

/** Runs one call that starts an operation, and shows it until it has ended. */
export async function runOperation(
  session: Session,
  begin: (client: Client) => Promise<{ operationId: string }>,
): Promise<Operation> {
  const client = await clientOf(session);
  const view = createProgressView(session.terminal, session.json);
  return follow(client, () => begin(client), view, session.interrupt);
}

/** Shows an operation that has been started already until it has ended. */
export async function followOperation(session: Session, operationId: string): Promise<Operation> {
  return runOperation(session, async () => ({ operationId }));
}

/** The error of an operation that did not succeed; undefined when it did. */
export function failureOf(operation: Operation): ErrorData | undefined {
  if (operation.state === 'done') return undefined;
  if (operation.state === 'cancelled') return { code: 'cancelled', message: 'Cancelled', hints: [] };
  return operation.error ?? { code: 'internal', message: 'The operation failed without saying why', hints: [] };
}

/** Prints the end of an operation that failed or was cancelled. @returns the exit code */
export function printFailure(session: Session, operation: Operation, error: ErrorData): number {
  const { terminal } = session;
  if (session.json) {
    terminal.out(JSON.stringify({ type: 'result', ok: false, operation, error } satisfies ResultLine));
    return exitCodeOf(error);
  }
  terminal.err('');
  if (error.code === 'cancelled') terminal.err(cancelledWords(operation));
  else for (const line of errorLines(error, terminal.errPaint)) terminal.err(line);
  if (operation.nodeLogs) terminal.err(`  Logs of the nodes: ${operation.nodeLogs}`);
  for (const leftover of operation.leftovers) terminal.err(`  left behind: ${leftover}`);
  if (operation.leftovers.length > 0) terminal.err(`  Remove it with: boathouse cleanup ${operation.subject}`);
  return exitCodeOf(error);
}

function cancelledWords(operation: Operation): string {
  if (operation.leftovers.length > 0) return 'Cancelled. Not everything could be undone:';
  return operation.kind === 'create' ? 'Cancelled. Everything that was made has been removed.' : 'Cancelled.';
}

/** Prints the end of an operation that succeeded. @returns the exit code */
export function printSuccess(
  session: Session,
  result: Omit<ResultLine & { ok: true }, 'type' | 'ok'>,
  lines: readonly string[],
): number {
  if (session.json) session.terminal.out(JSON.stringify({ type: 'result', ok: true, ...result } satisfies ResultLine));
  else for (const line of lines) session.terminal.out(line);
  return exitCodes.done;
}

/** What to type next in a cluster; names the context where kubectl does not use it already. */
export function nextCommands(cluster: Cluster): string[] {
  const context = cluster.current ? '' : ` --context ${cluster.context}`;
  return [
    `kubectl${context} get nodes`,
    `kubectl${context} get pods --all-namespaces`,
    `boathouse status ${cluster.name}`,
    `boathouse stop ${cluster.name}`,
    `boathouse delete ${cluster.name}`,
  ];
}
