// The way to a cluster's API by credentials that stand still, without the library: its import takes a third of a second.
import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent, type AgentOptions } from 'node:https';
import { z } from 'zod';
import type { Way } from './request';

const base64 = z.string().transform((text) => Buffer.from(text, 'base64'));

/** Fields of a cluster in a kubeconfig, certificates inside. */
const clusterSchema = z.object({
  server: z.string(),
  'certificate-authority-data': base64.optional(),
  'insecure-skip-tls-verify': z.boolean().optional(),
  'tls-server-name': z.string().optional(),
});

/** Fields of a user. A token's file is read for every request: what is in it changes. */
const userSchema = z.object({
  'client-certificate-data': base64.optional(),
  'client-key-data': base64.optional(),
  token: z.string().optional(),
  tokenFile: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  as: z.string().optional(),
  'as-uid': z.string().optional(),
  'as-groups': z.array(z.string()).optional(),
});
type User = z.infer<typeof userSchema>;

/** What goes through another server, or signs in by a program, is the library's. */
const needsLibrary = (cluster: Fields, user: Fields) =>
  'proxy-url' in cluster || 'exec' in user || ('auth-provider' in user && !('token' in user));

type Fields = Record<string, unknown>;

/** Milliseconds that a connection which nobody uses is kept: a computer that has slept does not find it dead. */
const idle = 4_000;

/** Undefined where only the library knows the way. */
export function wayOf(cluster: Fields, user: Fields): Way | undefined {
  const [to, as] = [clusterSchema.safeParse(cluster), userSchema.safeParse(user)];
  if (!to.success || !as.success || needsLibrary(cluster, user)) return undefined;
  const tls: AgentOptions = {
    ...(to.data['certificate-authority-data'] && { ca: to.data['certificate-authority-data'] }),
    ...(to.data['insecure-skip-tls-verify'] && { rejectUnauthorized: false }),
    ...(to.data['tls-server-name'] && { servername: to.data['tls-server-name'] }),
    ...(as.data['client-certificate-data'] && { cert: as.data['client-certificate-data'] }),
    ...(as.data['client-key-data'] && { key: as.data['client-key-data'] }),
  };
  const kept = { keepAlive: true, timeout: idle };
  const agent = to.data.server.startsWith('http:') ? new HttpAgent(kept) : new Agent({ ...kept, ...tls });
  return {
    getCurrentCluster: () => to.data,
    async applyToHTTPSOptions(options) {
      Object.assign(options, tls, { agent });
      options.headers = { ...options.headers, ...(await headersOf(as.data)) };
    },
  };
}

/** client-go: a token goes before a name and password. */
async function headersOf(user: User): Promise<Record<string, string | string[]>> {
  const { token, tokenFile, username, password = '' } = user;
  const said = tokenFile === undefined ? token : (await readFile(tokenFile, 'utf8')).trim();
  const basic = username && `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const authorization = said ? `Bearer ${said}` : basic;
  return {
    ...(authorization && { Authorization: authorization }),
    ...(user.as && { 'Impersonate-User': user.as }),
    ...(user['as-uid'] && { 'Impersonate-Uid': user['as-uid'] }),
    ...(user['as-groups'] && { 'Impersonate-Group': user['as-groups'] }),
  };
}
