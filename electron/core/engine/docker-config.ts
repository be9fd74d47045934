// docker's own configuration directory: its current context, the endpoints of contexts, and registry credentials.
import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { z } from 'zod';
import { AppError } from '../../../shared/model/errors';
import type { TlsMaterial } from './docker-host';

/** The file system as this room sees it. */
export interface DockerFiles {
  /** The text of a file; undefined when there is none. Other errors (EACCES …) are thrown. */
  readText(path: string): Promise<string | undefined>;
  /** Whether something listens on a socket or named pipe. */
  probeSocket(path: string): Promise<'answers' | 'silent' | 'missing'>;
}

const authSchema = z.object({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional(),
});
const proxiesSchema = z.object({
  httpProxy: z.string().optional(),
  httpsProxy: z.string().optional(),
  noProxy: z.string().optional(),
});
const configSchema = z.object({
  currentContext: z.string().optional(),
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
  auths: z.record(z.string(), authSchema).optional(),
  proxies: z.record(z.string(), proxiesSchema).optional(),
});
export type DockerConfig = z.infer<typeof configSchema>;

const metaSchema = z.object({
  Endpoints: z.object({
    docker: z.object({ Host: z.string().optional(), SkipTLSVerify: z.boolean().optional() }).optional(),
  }),
});

/** `$DOCKER_CONFIG`, else `~/.docker`. (docker/cli: cli/config) */
export function dockerDirectory(environment: Readonly<Record<string, string | undefined>>, home: string): string {
  return environment.DOCKER_CONFIG || `${home}/.docker`;
}

/**
 * `config.json`; a missing file is an empty configuration.
 * @throws AppError `bad-input` when it is not JSON, or a field that is read here has a wrong type
 */
export async function readDockerConfig(files: DockerFiles, directory: string): Promise<DockerConfig> {
  const path = `${directory}/config.json`;
  const text = await readOrExplain(files, path);
  return text === undefined || text.trim() === '' ? {} : parseJson(text, configSchema, path);
}

/**
 * The address and TLS material of a stored context. (docker/cli: cli/context/store)
 * @throws AppError `bad-input` when there is no such context or it cannot be read
 */
export async function readContext(
  files: DockerFiles,
  directory: string,
  name: string,
): Promise<{ host: string; tls: TlsMaterial | undefined }> {
  const hash = createHash('sha256').update(name).digest('hex');
  const path = `${directory}/contexts/meta/${hash}/meta.json`;
  const text = await readOrExplain(files, path);
  if (text === undefined) {
    throw new AppError('bad-input', `Docker has no context "${name}"`, {
      params: { context: name, path },
      hints: [{ text: 'List the contexts with "docker context ls", and choose one with "docker context use".' }],
    });
  }
  const endpoint = parseJson(text, metaSchema, path).Endpoints.docker;
  if (!endpoint?.Host) {
    throw new AppError('bad-input', `The Docker context "${name}" has no Docker endpoint`, {
      params: { context: name, path },
      hints: [{ text: 'Choose another context with "docker context use".' }],
    });
  }
  const tls = await readTls(files, `${directory}/contexts/tls/${hash}/docker`, !endpoint.SkipTLSVerify);
  const wanted = tls.ca || tls.cert || endpoint.SkipTLSVerify;
  return { host: endpoint.Host, tls: wanted ? tls : undefined };
}

/**
 * The PEM files of a directory, those that exist.
 * @throws AppError `bad-input` for a file that cannot be read, or a certificate without its key
 */
export async function readTls(files: DockerFiles, directory: string, verify: boolean): Promise<TlsMaterial> {
  const read = (name: string) => readOrExplain(files, `${directory}/${name}`);
  const [ca, cert, key] = await Promise.all([read('ca.pem'), read('cert.pem'), read('key.pem')]);
  if ((cert === undefined) !== (key === undefined)) {
    throw new AppError('bad-input', `The TLS certificate in ${directory} is incomplete`, {
      params: { path: directory },
      hints: [{ text: `Put both cert.pem and key.pem into ${directory}.` }],
    });
  }
  return { verify, ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

async function readOrExplain(files: DockerFiles, path: string): Promise<string | undefined> {
  try {
    return await files.readText(path);
  } catch (error) {
    throw new AppError('bad-input', `${path} cannot be read`, {
      params: { path },
      detail: error instanceof Error ? error.message : String(error),
      hints: [{ text: `Give your user the right to read ${path}.` }],
      cause: error,
    });
  }
}

function parseJson<Value>(text: string, schema: z.ZodType<Value>, path: string): Value {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new AppError('bad-input', `${path} is not what docker writes there`, {
      params: { path },
      detail: error instanceof z.ZodError ? z.prettifyError(error) : String(error),
      hints: [{ text: `Repair ${path}, or move it away and let docker write it anew.` }],
      cause: error,
    });
  }
}

/** The real file system. */
export const nodeFiles: DockerFiles = {
  async readText(path) {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw error;
    }
  },
  async probeSocket(path) {
    if (!path.startsWith('//./pipe/') && !(await exists(path))) return 'missing';
    return new Promise((resolve) => {
      const socket = createConnection(path);
      const done = (result: 'answers' | 'silent' | 'missing') => {
        socket.destroy();
        resolve(result);
      };
      socket.setTimeout(1000, () => done('silent'));
      socket.once('connect', () => done('answers'));
      socket.once('error', (error: NodeJS.ErrnoException) => done(error.code === 'ENOENT' ? 'missing' : 'silent'));
    });
  },
};

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
