import { type AppError, asAppError } from '../../../shared/model/errors';
import type { Probe } from '../../../shared/model/kubeconfig';
import type { Way } from '../kube/request';
import { withoutPassword } from '../redaction/addresses';
import { type ApiAnswer, askApi } from './ask-api';
import { clientCertificate } from './credentials';
import type { KubeconfigOptions } from './files';
import { readFiles } from './list-contexts';
import { fieldsOf } from './parse';
import { type ResolvedContext, textIn } from './resolve';
import { configOf, excerpt, type Found, failed, signIn } from './sign-in';
import { findContext, selfContained } from './standalone';
import { createTurns } from './turns';
import { say } from './words';

/** Milliseconds for a program that signs in, and for everything that is asked of the cluster. */
export interface ProbeLimits {
  program: number;
  api: number;
}
const usualLimits: ProbeLimits = { program: 10_000, api: 8_000 };

/** A file may have hundreds of contexts, and each may start a program. */
const inTurn = createTurns(8);

type Where = Pick<KubeconfigOptions, 'environment' | 'homeDirectory' | 'platform'>;

/** What keeps a context from answering is the answer, in words; throws `not-found` for a name that no file has. */
export async function probeContext(
  options: Where,
  name: string,
  signal: AbortSignal,
  limits: ProbeLimits = usualLimits,
): Promise<Probe> {
  const resolved = findContext(await readFiles(options), name);
  const found = await inTurn(signal, () => probe(resolved, options, limits, signal));
  return { context: name, at: new Date().toISOString(), ...found };
}

async function probe(
  resolved: ResolvedContext,
  { environment }: Where,
  limits: ProbeLimits,
  signal: AbortSignal,
): Promise<Found> {
  const whole = await selfContained(resolved).catch((error: unknown) => asAppError(error));
  if (whole instanceof Error) return unusable(whole);
  const signedIn = await signIn(whole, resolved, environment, limits.program, signal);
  if ('outcome' in signedIn) return signedIn;
  const server = withoutPassword(textIn(whole.cluster, 'server') ?? '');
  if (!URL.canParse(server)) return { outcome: 'unusable', said: say('unusable'), detail: server };
  const { config } = await configOf(whole, signedIn.user);
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(limits.api)]);
  try {
    const answer = await askApi(config, '/version', bounded);
    const found = judge(answer, server);
    if (found.outcome !== 'answers') return found;
    return { ...found, ...(await whoAmI(config, resolved, bounded)) };
  } catch (error) {
    signal.throwIfAborted();
    if (bounded.aborted) return failed('slow', { server, seconds: Math.round(limits.api / 1000) });
    return notReached(error, server);
  }
}

function unusable(error: AppError): Found {
  return { outcome: 'unusable', said: say('unusable'), detail: error.message };
}

function judge(answer: ApiAnswer, server: string): Found {
  const { status, milliseconds, certificateUntil, text } = answer;
  const facts = { milliseconds, ...(certificateUntil && { serverCertificateUntil: certificateUntil }) };
  const body = jsonIn(text);
  const version = textIn(body, 'gitVersion');
  if (status === 200 && version !== undefined) return { outcome: 'answers', said: say('answers'), version, ...facts };
  // Kubernetes says no with a `Status`; what stands before it says anything.
  const isStatus = body.kind === 'Status' || status === 401;
  const detail = excerpt(textIn(body, 'message') ?? text);
  if (isStatus && status === 401) return { ...failed('unauthorized', {}, detail), ...facts };
  if (isStatus && status === 403) return { ...failed('forbidden', {}, detail), ...facts };
  return { ...failed('not-kubernetes', { server, status }, detail), ...facts };
}

/** SelfSubjectReview (beta in Kubernetes 1.27, stable in 1.28), else the client certificate's subject. */
async function whoAmI(config: Way, { user }: ResolvedContext, signal: AbortSignal): Promise<Partial<Found>> {
  for (const version of ['v1', 'v1beta1']) {
    const group = `authentication.k8s.io/${version}`;
    const review = { kind: 'SelfSubjectReview', apiVersion: group };
    const { status, text } = await askApi(config, `/apis/${group}/selfsubjectreviews`, signal, review);
    // Everybody may ask for the version: only here a token is looked at by all servers.
    if (status === 401) return failed('unauthorized', {}, excerpt(textIn(jsonIn(text), 'message') ?? ''));
    const { username, groups } = fieldsOf(fieldsOf(jsonIn(text).status).userInfo);
    if (typeof username === 'string') return { who: { name: username, groups: textsIn(groups), from: 'kubernetes' } };
  }
  const certificate = await clientCertificate(user);
  if (!certificate) return {};
  const parts = certificate.subject.split('\n').map((line) => line.split(/=(.*)/s));
  const [name = ''] = parts.flatMap(([key, value]) => (key === 'CN' && value ? [value] : []));
  const groups = parts.flatMap(([key, value]) => (key === 'O' && value ? [value] : []));
  return { who: { name, groups, from: 'certificate' } };
}

function notReached(error: unknown, server: string): Found {
  const { code, message } = error as NodeJS.ErrnoException;
  const distrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code ?? '');
  return failed(distrusted ? 'untrusted' : 'unreachable', { server }, excerpt(message || String(code)));
}

function jsonIn(text: string): Record<string, unknown> {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function textsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.map(String) : [];
}
