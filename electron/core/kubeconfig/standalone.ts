// One context as a kubeconfig of its own that works wherever it lies: what its entries keep in files is put into it.
import { readFile } from 'node:fs/promises';
import { AppError } from '../../../shared/model/errors';
import { yamlOf } from './entry';
import { fieldsOf } from './parse';
import { type Found, pathFrom, type ReadFile, type ResolvedContext, resolveContexts, textIn } from './resolve';

type Fields = Record<string, unknown>;

/** The context of that name as kubectl understands it. Throws `not-found`. */
export function findContext(files: readonly ReadFile[], name: string): ResolvedContext {
  const found = resolveContexts(files).find((each) => each.name === name);
  if (found) return found;
  throw new AppError('not-found', `The kubeconfig has no context ${name}`, {
    params: { what: name },
    hints: [{ text: 'The contexts there are: boathouse kubeconfig contexts' }],
  });
}

/**
 * A context with its cluster and user as YAML, the current context of it, certificates and keys embedded. A token's file is
 * only named, with its whole path, because what is in it changes; so is a program that signs in.
 *
 * Throws `not-found` for a context that is not there, `kubeconfig-invalid` where it has no cluster or a file cannot be read.
 */
export async function standaloneContext(files: readonly ReadFile[], name: string): Promise<string> {
  const { context, cluster, user } = await selfContained(findContext(files, name));
  const [clusterName, userName] = [String(context.cluster), String(context.user ?? '')];
  return yamlOf({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ cluster, name: clusterName }],
    contexts: [{ context, name }],
    users: user ? [{ name: userName, user }] : [],
    'current-context': name,
  });
}

export interface SelfContained {
  context: Fields;
  cluster: Fields;
  user: Fields | undefined;
}

/** The fields of a context's entries with its files embedded. Throws `kubeconfig-invalid`. */
export async function selfContained({ name, file, context, cluster, user }: ResolvedContext): Promise<SelfContained> {
  if (!cluster) throw broken(file, `the context ${name} names the cluster ${context.cluster}, which is in no file`);
  return {
    context,
    cluster: await embedded(cluster, ['certificate-authority']),
    user: user && withProgram(user, await embedded(user, ['client-certificate', 'client-key'])),
  };
}

async function embedded(entry: Found, keys: readonly string[]): Promise<Fields> {
  const fields = { ...entry.fields };
  for (const key of keys) {
    const path = textIn(fields, key);
    delete fields[key];
    // client-go: embedded data goes before a file.
    if (path === undefined || textIn(fields, `${key}-data`) !== undefined) continue;
    const whole = pathFrom(entry, path);
    const bytes = await readFile(whole).catch((error: NodeJS.ErrnoException) => {
      throw broken(entry.file, `${key} names ${whole}, which cannot be read (${error.code ?? error.message})`);
    });
    fields[`${key}-data`] = bytes.toString('base64');
  }
  const tokenFile = textIn(fields, 'tokenFile');
  return tokenFile === undefined ? fields : { ...fields, tokenFile: pathFrom(entry, tokenFile) };
}

/** client-go: a program with a slash in it is meant from the kubeconfig's directory, another one is searched in PATH. */
function withProgram(user: Found, fields: Fields): Fields {
  const command = textIn(fieldsOf(fields.exec), 'command');
  if (command === undefined || !/[/\\]/.test(command)) return fields;
  return { ...fields, exec: { ...fieldsOf(fields.exec), command: pathFrom(user, command) } };
}

function broken(file: string, problem: string): AppError {
  return new AppError('kubeconfig-invalid', `The kubeconfig ${file} cannot be used: ${problem}`, {
    params: { file, problem },
    hints: [],
  });
}
