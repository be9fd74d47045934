// Can the kubeconfig be read and written, and is nobody holding its lock?
import { constants } from 'node:fs';
import { access, rm, stat } from 'node:fs/promises';
import { type AppError, asAppError } from '../../../../shared/model/errors';
import { kubeconfigFiles } from '../../kubeconfig/files';
import { readAll } from '../../kubeconfig/read';
import { type Checkup, type Finding, findingsOf, type Surroundings } from '../check';

/** Milliseconds: kubectl and kind hold the lock for less than a second. */
const staleAfter = 60_000;

const fileWhy = 'kubectl finds clusters in it; Boathouse adds an entry for each cluster and touches nothing else.';
const lockWhy = 'A program that crashed while writing leaves the lock behind, and then nobody can write.';

const words = {
  'kubeconfig-usable': {
    title: 'The kubeconfig {{file}}',
    evidence: 'can be read and written',
    why: fileWhy,
  },
  'kubeconfig-unusable': {
    title: 'The kubeconfig {{file}} cannot be used',
    evidence: '{{reason}}',
    why: fileWhy,
    advice: 'Mend the file by hand; Boathouse changes nothing in a file that it cannot read whole.',
  },
  'kubeconfig-locked': {
    title: 'The kubeconfig is locked: {{file}}',
    evidence: 'for {{seconds}} s',
    why: lockWhy,
  },
  'kubeconfig-lock-stale': {
    title: 'The kubeconfig is locked: {{file}}',
    evidence: 'for {{seconds}} s; programs hold it for less than a second',
    why: lockWhy,
    fix: 'Remove {{file}}',
    done: 'Removed {{file}}.',
  },
};
const finding = findingsOf('kubeconfig', words);

export const kubeconfigCheckup: Checkup = { words, examine, examineFor: examine };

async function examine({ kubeconfig }: Surroundings): Promise<Finding[]> {
  const files = kubeconfigFiles(kubeconfig);
  const findings = await Promise.all(files.map(examineFile));
  const locks = await Promise.all(files.map((file) => examineLock(`${file}.lock`)));
  return [...findings, ...locks.filter((lock) => lock !== undefined)];
}

async function examineFile(file: string): Promise<Finding> {
  const problem = await problemOf(file);
  const id = `kubeconfig:${file}`;
  if (!problem) return finding({ id, code: 'kubeconfig-usable', verdict: 'ok', params: { file } });
  const params = { file, reason: problem.message };
  return finding({ id, code: 'kubeconfig-unusable', verdict: 'problem', params, error: problem.toData() });
}

async function problemOf(file: string): Promise<AppError | undefined> {
  try {
    await readAll([file]);
    await access(file, constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return asAppError(error);
  }
}

async function examineLock(lock: string): Promise<Finding | undefined> {
  const found = await stat(lock).catch(() => undefined);
  if (!found) return undefined;
  const age = Date.now() - found.mtimeMs;
  const about = { id: `kubeconfig-lock:${lock}`, params: { file: lock, seconds: Math.round(age / 1000) } };
  if (age <= staleAfter) return finding({ ...about, code: 'kubeconfig-locked', verdict: 'warning' });
  return finding({
    ...about,
    code: 'kubeconfig-lock-stale',
    verdict: 'problem',
    commands: [`rm ${lock}`],
    mend: () => rm(lock, { force: true }),
  });
}
