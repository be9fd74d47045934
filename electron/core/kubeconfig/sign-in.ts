// What a context signs in with, as credentials that stand still: the user's fields, or what its program gives.
import { dirname } from 'node:path';
import type { Probe } from '../../../shared/model/kubeconfig';
import type { Blanks } from '../../../shared/model/sentence';
import { libraryConfig } from '../kube/connect';
import { wayOf } from '../kube/way';
import { withoutSecrets } from '../redaction/secrets';
import { yamlOf } from './entry';
import type { KubeconfigOptions } from './files';
import { fieldsOf } from './parse';
import { type ResolvedContext, textIn } from './resolve';
import { runProgram } from './sign-in-program';
import type { SelfContained } from './standalone';
import { say } from './words';

/** What came of it. */
export type Found = Omit<Probe, 'context' | 'at'>;

/** The user's static credentials, those of its program, or why there are none. */
export async function signIn(
  { user = {} }: SelfContained,
  resolved: ResolvedContext,
  environment: KubeconfigOptions['environment'],
  limit: number,
  signal: AbortSignal,
): Promise<{ user: Record<string, unknown> } | Found> {
  const { exec, 'auth-provider': provider, ...fields } = user;
  const program = textIn(fieldsOf(exec), 'command');
  if (program === undefined) {
    if (!provider || 'token' in fields) return { user: fields };
    return { outcome: 'unusable', said: say('provider-gone', { name: String(fieldsOf(provider).name) }) };
  }
  const folder = dirname(resolved.user?.file ?? resolved.file);
  const run = await runProgram(fieldsOf(exec), { environment, limit, folder }, signal);
  if (run.user) return { user: { ...fields, ...run.user } };
  if (run.late) return failed('program-slow', { program, seconds: Math.round(limit / 1000) }, run.said);
  return failed('program-failed', { program }, run.said);
}

/** The way to a cluster by credentials that stand still, and the same for the library. */
export async function configOf({ cluster }: SelfContained, user: Record<string, unknown>) {
  const library = () => {
    // The library refuses plain HTTP that is not said to be unsafe; kubectl does not.
    const plain = String(cluster.server).startsWith('http:') ? { 'insecure-skip-tls-verify': true } : {};
    return libraryConfig(
      yamlOf({
        clusters: [{ name: 'c', cluster: { ...cluster, ...plain } }],
        users: [{ name: 'u', user }],
        contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
        'current-context': 'x',
      }),
    );
  };
  return { config: wayOf(cluster, user) ?? (await library()), library };
}

export function failed(outcome: Exclude<Probe['outcome'], 'answers'>, params: Blanks, detail?: string): Found {
  return { outcome, said: say(outcome, params), ...(detail && { detail }) };
}

export function excerpt(text: string): string {
  return withoutSecrets(text).trim().slice(0, 500);
}
