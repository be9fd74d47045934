// The calls on a folder: reading it, proposing what it could be, saving that.
import { existsSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { Reading } from '../../../../shared/model/devloop/project';
import type { Proposal } from '../../../../shared/model/devloop/proposal';
import { AppError } from '../../../../shared/model/errors';
import type { ClusterDependencies } from '../../clusters/dependencies';
import { currentContext } from '../../kubeconfig/read';
import { configsIn } from './config-file';
import { propose } from './propose/propose';
import { fileOf, readProject } from './read';
import type { Findings } from './source';

/** What a folder is read as, with the environment that the core was started in. */
export async function readFolder(
  { kubeconfig, options }: Pick<ClusterDependencies, 'kubeconfig' | 'options'>,
  { dir, profiles, context }: { dir: string; profiles: readonly string[]; context?: string | undefined },
): Promise<Reading> {
  const folder = thereIs(dir);
  const current = context ?? (await currentContext(kubeconfig).catch(() => undefined));
  return readProject({ dir: folder, profiles, context: current, env: options.environment });
}

/** What could be developed in a folder. */
export async function proposeProject(dir: string, signal: AbortSignal): Promise<Proposal> {
  return propose(folderAt(dir), signal);
}

/** Writes the file of a project that has none. */
export async function saveProposal(dir: string, yaml: string): Promise<{ file: string }> {
  const folder = folderAt(dir);
  const there = fileOf(folder);
  const file = there ?? join(folder, 'skaffold.yaml');
  if (there) throw taken(file);
  const findings: Findings = { problems: [], unsupported: [] };
  const configs = configsIn(file, yaml, { ...findings, env: {} });
  const [problem] = findings.problems;
  if (configs.length === 0 || problem) {
    throw new AppError('bad-input', `This is no skaffold.yaml: ${problem?.message ?? 'it is empty'}`);
  }
  await writeFile(file, yaml, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw taken(file);
    throw new AppError('bad-input', `${file} cannot be written: ${error.message}`, { cause: error });
  });
  return { file };
}

function taken(file: string): AppError {
  return new AppError('name-taken', `There is a ${file} already`, {
    params: { name: file },
    hints: [{ text: 'It is read as it is; to begin anew, move it away first' }],
  });
}

/** An absolute path that leads somewhere. Throws `bad-input`, `not-found`. */
export function thereIs(path: string): string {
  if (!isAbsolute(path)) throw new AppError('bad-input', `${path} is not an absolute path`, { params: { path } });
  if (!existsSync(path)) throw new AppError('not-found', `There is no folder ${path}`, { params: { what: path } });
  return resolve(path);
}

function folderAt(path: string): string {
  const folder = thereIs(path);
  if (!statSync(folder).isDirectory()) throw new AppError('bad-input', `${folder} is not a folder`);
  return folder;
}
