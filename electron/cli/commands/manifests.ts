// `boathouse manifests diff | apply`.
import { readFile } from 'node:fs/promises';
import { text as readText } from 'node:stream/consumers';
import { AppError } from '../../../shared/model/errors';
import { type ManifestDiff, type ManifestObject, objectWords } from '../../../shared/model/manifests';
import { exitCodes } from '../errors';
import { diffLines } from '../output/diff';
import type { Paint } from '../output/paint';
import { totalDuration } from '../output/summary';
import { clientOf, printResult, type Session } from '../session';
import { confirmation } from './actions';
import { contextCalled } from './kubeconfig/which';
import { failureOf, printFailure, printSuccess, runOperation } from './outcome';

export interface ManifestOptions {
  file: string;
  namespace?: string;
  force?: boolean;
  set?: string;
  prune?: boolean;
  exact?: boolean;
  confirm?: string;
}

async function requestOf(session: Session, name: string, options: ManifestOptions) {
  const { file, namespace, force = false, set, prune = false, exact = false } = options;
  const text = await contentOf(file);
  const context = (await contextCalled(session, name, exact))?.name ?? name;
  return { context, text, force, prune, ...(namespace && { namespace }), ...(set && { set }) };
}

/** Throws `bad-input` for a file that cannot be read. */
async function contentOf(file: string): Promise<string> {
  if (file === '-') return readText(process.stdin);
  return readFile(file, 'utf8').catch((error: Error) => {
    throw new AppError('bad-input', `${file} cannot be read: ${error.message}`);
  });
}

/** @returns the exit code: not 0 where the API would refuse something */
export async function diffManifest(session: Session, name: string, options: ManifestOptions): Promise<number> {
  const diff = await (await clientOf(session)).manifests.diff(await requestOf(session, name, options));
  printResult(session, diff, () => linesOf(diff, options.file, session.terminal.outPaint));
  const bad = diff.problems.length > 0 || diff.objects.some(({ change }) => change === 'refused');
  return bad ? exitCodes.failed : exitCodes.done;
}

const words: Record<ManifestObject['change'], string> = {
  created: 'would be created',
  changed: 'would be changed',
  unchanged: 'is so already',
  refused: 'would be refused',
  pruned: 'would be deleted: it is not in the manifest any more',
};

function linesOf({ objects, problems }: ManifestDiff, file: string, paint: Paint): string[] {
  if (problems.length > 0) return problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`);
  if (objects.length === 0) return ['The manifest holds no objects.'];
  return objects.flatMap((object) => {
    const { change, hunks, conflicts, problems: wrong, awaits } = object;
    return [
      `${objectWords(object)} ${words[change]}${awaits ? ` (with ${awaits}, which comes first)` : ''}`,
      ...wrong.map(({ line, column, message }) => `  ${file}:${line}:${column}: ${message}`),
      ...conflicts.map(
        ({ manager, fields }) => `  ${manager} has set ${fields.join(', ')} otherwise; --force takes over`,
      ),
      ...(change === 'changed' ? diffLines([{ file: objectWords(object), hunks }], paint).slice(1) : []),
    ];
  });
}

/** @returns the exit code */
export async function applyManifest(session: Session, name: string, options: ManifestOptions): Promise<number> {
  const request = await requestOf(session, name, options);
  const confirmed = await confirmation(session, request.context, options.confirm);
  const operation = await runOperation(session, (client) =>
    client.manifests.apply({ ...request, ...(confirmed !== undefined && { confirmed }) }),
  );
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  return printSuccess(session, { operation }, [`Applied ${options.file} (${totalDuration(operation)})`]);
}
