// All contexts of all kubeconfig files as people see them, read without a lock and without asking any cluster.
import { stat } from 'node:fs/promises';
import { asAppError } from '../../../shared/model/errors';
import { isExpired, type KubeContext, type KubeconfigView } from '../../../shared/model/kubeconfig';
import type { Sentence } from '../../../shared/model/sentence';
import { withoutPassword } from '../redaction/addresses';
import { expiryOf, missingFiles, signsInWith } from './credentials';
import { type KubeconfigOptions, kubeconfigFiles } from './files';
import { originOf } from './origin';
import { readModel } from './parse-quick';
import { type ReadFile, type ResolvedContext, resolveContexts, textIn } from './resolve';
import { say } from './words';
import { readKubeconfig } from './write';

type Where = Pick<KubeconfigOptions, 'environment' | 'homeDirectory' | 'platform'>;
type FileView = KubeconfigView['files'][number];

/** Never throws for a file that cannot be used: it says so in `files`, and the others' contexts are there. */
export async function listContexts(options: Where): Promise<KubeconfigView> {
  const read = await Promise.all(kubeconfigFiles(options).map(readFile));
  const files = read.flatMap(({ model, view }) => (model ? [{ file: view.path, model }] : []));
  const current = currentIn(files);
  const contexts = await Promise.all(resolveContexts(files).map((resolved) => contextOf(resolved, current)));
  return { files: read.map(({ view }) => view), contexts, ...(current !== undefined && { current }) };
}

/** The files that can be read, in order. */
export async function readFiles(options: Where): Promise<ReadFile[]> {
  const read = await Promise.all(kubeconfigFiles(options).map(readFile));
  return read.flatMap(({ model, view }) => (model ? [{ file: view.path, model }] : []));
}

function currentIn(files: readonly ReadFile[]): string | undefined {
  return files.map(({ model }) => model.currentContext).find((context) => context !== '');
}

async function readFile(path: string): Promise<{ view: FileView; model?: ReadFile['model'] }> {
  const found = await stat(path).catch(() => undefined);
  const locked = await lockOf(path);
  const view = { path, exists: found !== undefined, ...(locked && { locked }) };
  try {
    return { view, model: readModel(await readKubeconfig(path), path) };
  } catch (error) {
    return { view: { ...view, error: asAppError(error).toData() } };
  }
}

async function lockOf(path: string): Promise<FileView['locked']> {
  const lock = `${path}.lock`;
  const found = await stat(lock).catch(() => undefined);
  return found && { lock, seconds: Math.max(0, Math.round((Date.now() - found.mtimeMs) / 1000)) };
}

async function contextOf(resolved: ResolvedContext, current: string | undefined): Promise<KubeContext> {
  const { name, file, hiddenIn, context, cluster, user } = resolved;
  const server = textIn(cluster?.fields, 'server');
  const namespace = textIn(context, 'namespace');
  const expiresAt = await expiryOf(user);
  return {
    name,
    file,
    hiddenIn,
    cluster: String(context.cluster ?? ''),
    user: String(context.user ?? ''),
    ...(server !== undefined && { server: withoutPassword(server) }),
    ...(namespace !== undefined && { namespace }),
    current: name === current,
    ...originOf(resolved),
    ...signsInWith(user?.fields),
    ...(expiresAt !== undefined && { expiresAt }),
    faults: await faultsOf(resolved, expiresAt),
  };
}

async function faultsOf(
  { context, cluster, user }: ResolvedContext,
  expiresAt: string | undefined,
): Promise<Sentence[]> {
  const clusterName = String(context.cluster ?? '');
  const missing = await missingFiles([cluster, user]);
  return [
    ...(cluster ? [] : [say('cluster-missing', { name: clusterName })]),
    ...(user || !textIn(context, 'user') ? [] : [say('user-missing', { name: String(context.user) })]),
    ...(cluster && !textIn(cluster.fields, 'server') ? [say('server-missing', { name: clusterName })] : []),
    ...missing.map(({ field, path }) => say('file-missing', { field, path })),
    ...(expiresAt !== undefined && isExpired(expiresAt, Date.now()) ? [say('expired', { at: expiresAt })] : []),
  ];
}
