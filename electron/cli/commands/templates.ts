// `boathouse templates ...`: look at templates, check a text, take one in, hand one out, keep and remove the user's own.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Client } from '../../../shared/contract';
import { AppError } from '../../../shared/model/errors';
import { templateJsonSchema } from '../../../shared/model/template/json-schema';
import { withId } from '../../core/templates/duplicate';
import { invalidTemplate } from '../../core/templates/read';
import { exitCodes } from '../errors';
import { entryLines, listLines, lossLines, problemLines, templateFacts } from '../output/template';
import { clientOf, printResult, type Session } from '../session';
import { isYes } from '../terminal';
import { valuesOf } from './create';

export interface ShowOptions {
  yaml?: boolean;
}

export interface ImportOptions {
  dryRun?: boolean;
  as?: string;
  yes?: boolean;
}

/** @returns the exit code */
export async function list(session: Session): Promise<number> {
  const entries = await allEntries(await clientOf(session), session.interrupt);
  const templates = entries.flatMap(({ template, origin }) => (template ? [templateFacts(template, origin)] : []));
  const broken = entries.flatMap(({ id, file, template, problems }) => (template ? [] : [{ id, file, problems }]));
  printResult(session, { templates, broken }, () => listLines(templates, broken));
  return exitCodes.done;
}

/** As they are now, also those with mistakes. */
async function allEntries(client: Client, interrupt: AbortSignal) {
  const enough = new AbortController();
  const signal = AbortSignal.any([interrupt, enough.signal]);
  for await (const message of await client.templates.watch(undefined, { signal })) {
    enough.abort();
    if (message.type === 'snapshot') return message.items;
  }
  return [];
}

/** @returns the exit code */
export async function show(session: Session, id: string, { yaml }: ShowOptions): Promise<number> {
  const summary = await (await clientOf(session)).templates.get({ id });
  const { outPaint } = session.terminal;
  printResult(session, summary, () => (yaml ? [summary.yaml.trimEnd()] : entryLines(summary, outPaint)));
  return exitCodes.done;
}

/**
 * @returns the exit code
 * @throws AppError `not-found`, also where the cluster keeps no template
 */
export async function ofCluster(session: Session, name: string): Promise<number> {
  const { yaml } = await (await clientOf(session)).clusters.template({ name });
  if (yaml === undefined) {
    throw new AppError('not-found', `${name} keeps no template: another program or an earlier version made it`, {
      params: { what: name },
      hints: [{ text: 'The templates there are: boathouse templates' }],
    });
  }
  printResult(session, { name, yaml }, () => [yaml.trimEnd()]);
  return exitCodes.done;
}

/** @returns the exit code: 1 when there is an error, 0 for warnings alone */
export async function validate(session: Session, file: string, options: { set?: string[] }): Promise<number> {
  const yaml = await textOf(file);
  const given = options.set && { parameters: valuesOf(options.set) };
  const { problems, parameters, unsupported, template } = await (await clientOf(session)).templates.validate({
    yaml,
    ...given,
  });
  const valid = template !== undefined && parameters.length === 0;
  printResult(session, { file, valid, problems, parameters, unsupported }, () => [
    ...problemLines(file, problems),
    ...parameters.map(({ message }) => `${file}: error: ${message}`),
    ...unsupported.map((field) => `${file}: warning: creating cannot do this yet: ${field}`),
    ...(valid ? [`${file} is a valid template: ${template.metadata.id}`] : []),
  ]);
  return valid ? exitCodes.done : exitCodes.failed;
}

/**
 * Keeps what a file or an https address holds as a template of the user's. What comes from an address is shown first.
 * @returns the exit code
 * @throws AppError `template-invalid`, `name-taken`, `address-refused`, `download-failed`, `cancelled`
 */
export async function importTemplate(session: Session, source: string, options: ImportOptions): Promise<number> {
  const { templates } = await clientOf(session);
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(source);
  const imported = await templates.import(
    isAddress ? { url: source } : { text: await textOf(source), from: basename(source) },
    { signal: session.interrupt },
  );
  const { format, from, problems, notCarried, template } = imported;
  const yaml = imported.yaml && options.as ? withId(imported.yaml, options.as) : imported.yaml;
  if (!yaml || !template) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    for (const line of session.json ? [] : problemLines(source, errors)) session.terminal.err(line);
    throw invalidTemplate(source, errors);
  }
  const said = [
    ...(format === 'template' ? [] : [`${source} is a configuration of ${format}.`]),
    ...problemLines(source, problems),
    ...lossLines(notCarried),
  ];
  for (const line of session.json ? [] : said) session.terminal.err(line);
  const document = { format, from, problems, notCarried, yaml };
  if (options.dryRun) {
    printResult(session, document, () => [yaml.trimEnd()]);
    return exitCodes.done;
  }
  if (isAddress && !options.yes) await confirmAddress(session, from, yaml);
  const { id, file } = await templates.save({ yaml });
  printResult(session, { ...document, saved: { id, file } }, () => [
    `Kept as ${id} (${file})`,
    `Try next: boathouse create NAME --template ${id}`,
  ]);
  return exitCodes.done;
}

/** Anyone can have written what an address gives: somebody has to have seen it. */
async function confirmAddress({ terminal, json, interrupt }: Session, from: string, yaml: string): Promise<void> {
  if (json || !terminal.interactive) {
    throw new AppError('bad-input', `What ${from} gives is not kept without a look at it`, {
      hints: [{ text: 'Look at it with --dry-run, then keep it with --yes.' }],
    });
  }
  for (const line of yaml.trimEnd().split('\n')) terminal.err(`  ${line}`);
  const answer = await terminal.ask(`Keep this template from ${from}? [y/N] `, interrupt);
  if (!isYes(answer)) throw new AppError('cancelled', 'Nothing was kept');
}

/** @returns the exit code */
export async function exportTemplate(
  session: Session,
  id: string,
  { as, set }: { as: 'kind' | 'k3d'; set?: string[] },
): Promise<number> {
  const given = set && { parameters: valuesOf(set) };
  const exported = await (await clientOf(session)).templates.export({ id, as, ...given });
  for (const line of session.json ? [] : lossLines(exported.notCarried)) session.terminal.err(line);
  printResult(session, exported, () => [exported.yaml.trimEnd()]);
  return exitCodes.done;
}

/** @returns the exit code */
export async function duplicate(session: Session, id: string, as: string): Promise<number> {
  const { file } = await (await clientOf(session)).templates.duplicate({ id, as });
  printResult(session, { id: as, file }, () => [`Copied ${id} to ${as} (${file})`]);
  return exitCodes.done;
}

/**
 * Asks first where a person can answer, as for clusters.
 * @returns the exit code
 * @throws AppError `template-unknown`, `bad-input` for built-in ones, `cancelled`
 */
export async function remove(session: Session, id: string, options: { yes?: boolean }): Promise<number> {
  const { templates } = await clientOf(session);
  if (!options.yes && !session.json && session.terminal.interactive) {
    const answer = await session.terminal.ask(`Delete the template ${id} and its file? [y/N] `, session.interrupt);
    if (!isYes(answer)) throw new AppError('cancelled', 'Nothing was deleted');
  }
  const { yaml } = await templates.delete({ id });
  printResult(session, { id, yaml }, () => [`The template ${id} is deleted`]);
  return exitCodes.done;
}

/** @returns the exit code */
export async function schema(session: Session): Promise<number> {
  const document = templateJsonSchema();
  printResult(session, document, () => [JSON.stringify(document, null, 2)]);
  return exitCodes.done;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new AppError('bad-input', `${file} cannot be read`, {
      detail: error instanceof Error ? error.message : String(error),
      hints: [{ text: 'The templates there are: boathouse templates' }],
      cause: error,
    });
  }
}
