// `boathouse apply`: makes a running cluster what a template says; with --dry-run only says what differs.
import type { Difference } from '../../../shared/model/apply';
import type { Plan } from '../../../shared/model/operation';
import { exitCodes } from '../errors';
import { planTable, totalDuration } from '../output/summary';
import { tableLines } from '../output/table';
import { clientOf, printResult, type Session } from '../session';
import { isFile, templateFile, valuesOf } from './create';
import { failureOf, printFailure, printSuccess, runOperation } from './outcome';

export interface ApplyOptions {
  file: string;
  /** `name=value` for parameters, in the order given. */
  set?: string[];
  dryRun?: boolean;
}

/** @returns the exit code */
export async function apply(session: Session, name: string, options: ApplyOptions): Promise<number> {
  const { file, set } = options;
  const request = {
    name,
    template: isFile(file) ? await templateFile(file) : { id: file },
    ...(set && { parameters: valuesOf(set) }),
  };
  const client = await clientOf(session);
  if (options.dryRun) {
    const planned = await client.clusters.planApply(request);
    printResult(session, planned, () => plannedLines(name, planned));
    return exitCodes.done;
  }
  const { differences, operationId } = await client.clusters.apply(request);
  if (operationId === undefined) {
    printResult(session, { differences }, () => plannedLines(name, { differences }));
    return exitCodes.done;
  }
  const operation = await runOperation(session, async () => ({ operationId }));
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  const cluster = await client.clusters.get({ name });
  return printSuccess(session, { operation, cluster }, [
    `Cluster "${name}" is what the template says (${totalDuration(operation)})`,
  ]);
}

function plannedLines(
  name: string,
  { differences, plan }: { differences: readonly Difference[]; plan?: Plan | undefined },
) {
  if (differences.length === 0) return [`Cluster "${name}" is as the template says: there is nothing to do.`];
  return [
    `Cluster "${name}" differs from the template:`,
    '',
    ...differenceTable(differences),
    '',
    ...(plan
      ? ['It would be done in these steps:', '', ...planTable(plan), '']
      : ['Some of it takes a new cluster, so nothing would be applied.']),
    'Nothing was changed.',
  ];
}

const efforts = { 'in-place': 'in place', rolling: 'rolling', 'new-cluster': 'needs a new cluster' };

function differenceTable(differences: readonly Difference[]): string[] {
  const value = (text: string | undefined) => text ?? '-';
  return tableLines([
    ['FIELD', 'IS', 'WANTED', 'HOW', 'WHAT'],
    ...differences.map(({ field, from, to, effort, what }) => [
      field,
      value(from),
      value(to),
      efforts[effort],
      what.text,
    ]),
  ]);
}
