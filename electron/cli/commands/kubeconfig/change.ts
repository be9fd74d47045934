// `boathouse kubeconfig rename | remove | import | history | undo`: changes, each shown first and taken back with one command.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../../../../shared/model/errors';
import {
  type ImportChoice,
  isLocalOrigin,
  type KubeconfigChange,
  type KubeconfigPlan,
} from '../../../../shared/model/kubeconfig';
import { exitCodes } from '../../errors';
import { diffLines } from '../../output/diff';
import { tableLines } from '../../output/table';
import { clientOf, printResult, type Session } from '../../session';
import { isYes } from '../../terminal';
import { knownContext } from './which';

export interface ChangeOptions {
  dryRun?: boolean;
  yes?: boolean;
}

/** @returns the exit code */
export async function rename(session: Session, name: string, to: string, options: ChangeOptions): Promise<number> {
  const context = await knownContext(session, name);
  return await change(session, { kind: 'rename', context: context.name, to }, options);
}

/**
 * What is not on this computer is never removed unasked.
 * @returns the exit code
 */
export async function remove(session: Session, names: readonly string[], options: ChangeOptions): Promise<number> {
  const contexts = await Promise.all(names.map((name) => knownContext(session, name)));
  const remote = contexts.filter(({ origin }) => !isLocalOrigin(origin)).map(({ name }) => name);
  const question = `Remove ${contexts.map(({ name }) => name).join(', ')} from the kubeconfig?`;
  const far = remote.length > 0 && `${remote.join(', ')} leads to a cluster that is not on this computer`;
  return await change(session, { kind: 'remove', contexts: contexts.map(({ name }) => name) }, options, {
    question,
    ...(far && { because: far }),
  });
}

/** @returns the exit code */
export async function importFiles(
  session: Session,
  files: readonly string[],
  { onConflict, ...options }: ChangeOptions & { onConflict: ImportChoice },
): Promise<number> {
  for (const file of files) {
    const text = await textOf(file);
    const { kubeconfig } = await clientOf(session);
    const wish = { kind: 'import' as const, text, ...(file !== '-' && { from: resolve(file) }) };
    const { imports } = await kubeconfig.plan(wish);
    const choices = Object.fromEntries(imports.map(({ name }) => [name, onConflict]));
    const replaces = onConflict === 'replace' && imports.some(({ conflict }) => conflict);
    await change(session, { ...wish, choices }, options, {
      question: `Take ${file} into the kubeconfig?`,
      ...(replaces && { because: 'Contexts of yours would be replaced' }),
    });
  }
  return exitCodes.done;
}

/** @returns the exit code */
export async function undo(session: Session, id: string | undefined, options: ChangeOptions): Promise<number> {
  const [newest] = await (await clientOf(session)).kubeconfig.history();
  if (id === undefined && !newest) throw new AppError('not-found', 'There is nothing to take back', { params: {} });
  return await change(session, { kind: 'undo', id: id ?? newest?.id ?? '' }, options);
}

/** @returns the exit code */
export async function history(session: Session, id: string | undefined): Promise<number> {
  const { kubeconfig } = await clientOf(session);
  if (id !== undefined) {
    const files = await kubeconfig.historyDiff({ id });
    printResult(session, { id, files }, () => diffLines(files, session.terminal.outPaint));
    return exitCodes.done;
  }
  const entries = await kubeconfig.history();
  printResult(session, { history: entries }, () => {
    if (entries.length === 0) return ['Boathouse has not changed the kubeconfig yet.'];
    const rows = entries.map(({ at, said, files, id }) => [
      at.slice(0, 19).replace('T', ' '),
      said.text,
      files.join(', '),
      id,
    ]);
    return tableLines([['WHEN (UTC)', 'WHAT', 'FILE', 'ID'], ...rows]);
  });
  return exitCodes.done;
}

/** Shows what would change where that is asked for or somebody is asked; `because`: never done without a yes. */
async function change(
  session: Session,
  wish: Parameters<Awaited<ReturnType<typeof clientOf>>['kubeconfig']['change']>[0] & {
    kind: KubeconfigChange['kind'];
  },
  { dryRun, yes }: ChangeOptions,
  asking?: { question: string; because?: string },
): Promise<number> {
  const { terminal, json, interrupt } = session;
  const { kubeconfig } = await clientOf(session);
  const planned = await kubeconfig.plan(wish);
  if (dryRun) {
    printResult(session, planned, () => [...planLines(session, planned), 'Nothing was changed.']);
    return exitCodes.done;
  }
  if (asking && !yes) {
    const askable = terminal.interactive && !json;
    if (!askable && asking.because !== undefined) {
      throw new AppError('bad-input', asking.because, { hints: [{ text: 'Say --yes to do it nevertheless.' }] });
    }
    if (askable) {
      for (const line of planLines(session, planned)) terminal.err(line);
      if (asking.because !== undefined) terminal.err(`${asking.because}.`);
      const answer = await terminal.ask(`${asking.question} [y/N] `, interrupt);
      if (!isYes(answer)) throw new AppError('cancelled', 'Nothing was changed');
    }
  }
  const done = await kubeconfig.change(wish);
  for (const { text } of json ? [] : planned.warnings) terminal.err(`warning: ${text}`);
  printResult(session, { ...done, imports: planned.imports }, () =>
    done.files.length === 0
      ? ['There was nothing to change.']
      : [...importLines(planned), done.said.text, `Take it back with: boathouse kubeconfig undo ${done.id}`],
  );
  return exitCodes.done;
}

function planLines(session: Session, planned: KubeconfigPlan): string[] {
  return [
    ...importLines(planned),
    ...diffLines(planned.files, session.terminal.outPaint),
    ...planned.warnings.map(({ text }) => `warning: ${text}`),
  ];
}

function importLines({ imports }: KubeconfigPlan): string[] {
  if (imports.length === 0) return [];
  const rows = imports.map(({ name, as, becomes, server }) => [name, becomes, as, server ?? '-']);
  return [...tableLines([['CONTEXT', 'BECOMES', 'CALLED', 'SERVER'], ...rows]), ''];
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file === '-' ? '/dev/stdin' : file, 'utf8');
  } catch (error) {
    throw new AppError('bad-input', `${file} cannot be read`, {
      detail: error instanceof Error ? error.message : String(error),
      hints: [],
      cause: error,
    });
  }
}
