// `boathouse create`: a cluster from a template, with its plan shown instead when only asked for.
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Client } from '../../../shared/contract';
import { type CreateRequest, clusterNameSchema } from '../../../shared/model/cluster';
import type { Check } from '../../../shared/model/diagnostics';
import { AppError } from '../../../shared/model/errors';
import type { Plan, StepProgress } from '../../../shared/model/operation';
import type { Settings } from '../../../shared/model/settings';
import { exitCodes } from '../errors';
import { brief } from '../output/brief';
import { expectedDuration } from '../output/expectation';
import { planTable, stepTable, totalDuration } from '../output/summary';
import { clientOf, printResult, type Session } from '../session';
import { failureOf, nextCommands, printFailure, printSuccess, runOperation } from './outcome';

export interface CreateOptions {
  /** Absent: as the settings say. */
  template?: string;
  /** `name=value` for parameters, in the order given. */
  set?: string[];
  image?: string;
  sampleImage?: string;
  keepOnFailure?: boolean;
  /** `--switch` and `--no-switch`; absent: as the settings say. */
  switch?: boolean;
  dryRun?: boolean;
}

/** @returns the exit code */
export async function create(session: Session, name: string, options: CreateOptions): Promise<number> {
  checkName(name);
  const client = await clientOf(session);
  const request = await requestOf(name, options, await client.settings.get());
  if (options.dryRun) return dryRun(session, client, request);
  const operation = await runOperation(session, () => client.clusters.create(request));
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  const cluster = await client.clusters.get({ name });
  const used = cluster.current ? 'kubectl uses it now' : `kubectl's current context stays as it was`;
  return printSuccess(session, { operation, cluster }, [
    '',
    `Cluster "${name}" is ready after ${totalDuration(operation)}.`,
    '',
    ...stepTable(operation),
    '',
    `Context  ${cluster.context} (${used})`,
    ...(cluster.apiServer ? [`API      ${cluster.apiServer}`] : []),
    '',
    'Try next:',
    ...nextCommands(cluster).map((command) => `  ${command}`),
  ]);
}

/** Before anything is asked of the core. Throws `bad-input`. */
function checkName(name: string): void {
  const checked = clusterNameSchema.safeParse(name);
  if (!checked.success) {
    const why = checked.error.issues[0]?.message ?? 'it cannot be used';
    throw new AppError('bad-input', `"${name}" is no name for a cluster: ${why}`, {
      hints: [{ text: 'For example: boathouse create shop' }],
    });
  }
}

/**
 * The request that the options mean; a template with a path separator or a YAML name is a file.
 * @throws AppError `bad-input`, `template-unknown`
 */
async function requestOf(
  name: string,
  options: CreateOptions,
  settings: Pick<Settings, 'defaultTemplate' | 'switchContext'>,
): Promise<CreateRequest> {
  const template = options.template ?? (settings.defaultTemplate || 'single');
  return {
    name,
    template: isFile(template) ? await templateFile(template) : { id: template },
    ...(options.set && { parameters: valuesOf(options.set) }),
    ...(options.image && { image: options.image }),
    ...(options.sampleImage && { sampleImage: options.sampleImage }),
    keepOnFailure: options.keepOnFailure ?? false,
    switchContext: options.switch ?? settings.switchContext,
  };
}

/** Values of parameters by name; of a name that is given twice the last counts. */
export function valuesOf(settings: readonly string[]): Record<string, string> {
  const pairs = settings.map((setting) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
    if (name === undefined || value === undefined) {
      throw new AppError('bad-input', `"${setting}" does not say which parameter has which value`, {
        hints: [{ text: 'For example: --set workers=3' }],
      });
    }
    return [name.trim(), value] as const;
  });
  return Object.fromEntries(pairs);
}

export function isFile(template: string): boolean {
  return /[/\\]|\.ya?ml$/i.test(template);
}

export async function templateFile(file: string): Promise<{ yaml: string; from: string; folder: string }> {
  try {
    return { yaml: await readFile(file, 'utf8'), from: file, folder: dirname(resolve(file)) };
  } catch (error) {
    throw new AppError('template-unknown', `The template file ${file} cannot be read`, {
      detail: (error as Error).message,
      hints: [{ text: 'The templates that come with Boathouse: boathouse templates' }],
      cause: error,
    });
  }
}

async function dryRun(session: Session, client: Client, request: CreateRequest): Promise<number> {
  const planned = await client.clusters.plan(request);
  printResult(session, planned, () => [
    `Would create cluster "${request.name}" with node image ${brief(planned.image)}:`,
    '',
    ...planTable(planned.plan),
    '',
    `Expected: about ${Math.round(expectedSeconds(planned.plan))} s. Nothing was changed.`,
    ...planned.warnings.map((warning) => `Warning: ${warning.text}`),
    ...planned.findings.flatMap(findingLines),
  ]);
  return exitCodes.done;
}

function findingLines({ verdict, title, evidence, advice, fix }: Check): string[] {
  const help = fix ? 'boathouse doctor --fix' : advice;
  return [
    `${verdict === 'problem' ? 'Problem' : 'Warning'}: ${title} (${evidence})`,
    ...(help ? [`  -> ${help}`] : []),
  ];
}

function expectedSeconds(plan: Plan): number {
  const steps: StepProgress[] = plan.steps.map((step) => ({ ...step, state: 'waiting' }));
  const nothingYet = { id: '', kind: plan.kind, subject: plan.subject, queuedAt: 0, startedAt: 0, leftovers: [] };
  return expectedDuration({ ...nothingYet, state: 'running', steps }, 0) / 1000;
}
