// `boathouse history NAME [number]`: what was done to a cluster, also before; one of it step by step.

import { AppError } from '../../../shared/model/errors';
import type { LogLine, Operation } from '../../../shared/model/operation';
import { errorLines, exitCodes } from '../errors';
import { stepTable, totalDuration } from '../output/summary';
import { tableLines } from '../output/table';
import { clientOf, printResult, type Session } from '../session';

export interface HistoryOptions {
  /** Print the log as well. */
  log?: boolean;
}

/** @returns the exit code */
export async function history(session: Session, name: string, number: string | undefined, options: HistoryOptions) {
  const client = await clientOf(session);
  const operations = await client.operations.history({ subject: name });
  if (number === undefined) {
    printResult(session, { operations }, () => listLines(name, operations));
    return exitCodes.done;
  }
  const operation = chosen(name, operations, number);
  const log: LogLine[] = [];
  if (options.log) for await (const batch of await client.operations.log({ id: operation.id })) log.push(...batch);
  printResult(session, { operation, ...(options.log && { log }) }, () => [
    headline(operation),
    '',
    ...stepTable(operation),
    ...(operation.error ? ['', ...errorLines(operation.error, session.terminal.outPaint)] : []),
    ...(log.length > 0 ? ['', ...log.map(({ at, text }) => `${new Date(at).toISOString()} ${text}`)] : []),
  ]);
  return exitCodes.done;
}

function listLines(name: string, operations: readonly Operation[]): string[] {
  if (operations.length === 0) return [`Nothing was done to "${name}" with Boathouse yet.`];
  const rows = operations.map((operation, index) => [
    String(index + 1),
    when(operation),
    operation.kind,
    operation.state,
    totalDuration(operation) ?? '-',
    whatOf(operation),
  ]);
  return [
    ...tableLines([['#', 'WHEN', 'WHAT', 'STATE', 'TOOK', ''], ...rows], [0, 4]),
    '',
    `One of them step by step: boathouse history ${name} 1`,
  ];
}

function headline(operation: Operation): string {
  return `${operation.kind} ${operation.subject}: ${operation.state} after ${totalDuration(operation) ?? '-'} (${when(operation)})`;
}

function when({ startedAt, queuedAt }: Operation): string {
  return new Date(startedAt ?? queuedAt).toISOString().replace('T', ' ').slice(0, 19);
}

/** Of a change the steps that say what it was. */
function whatOf({ kind, steps }: Operation): string {
  if (kind !== 'change') return '';
  const telling = steps.filter((step) => !step.after.some((before) => before !== 'cluster-survey'));
  return telling.flatMap(({ kind: step, title }) => (step === 'cluster-survey' ? [] : [title])).join('; ');
}

function chosen(name: string, operations: readonly Operation[], number: string): Operation {
  const operation = operations[Number(number) - 1] ?? operations.find(({ id }) => id === number);
  if (operation) return operation;
  throw new AppError('not-found', `"${number}" is nothing that was done to "${name}"`, {
    params: { what: number },
    hints: [{ text: `See what there is: boathouse history ${name}` }],
  });
}
