// A connection to the cluster of any context of the user's kubeconfig, signed in as kubectl would be.
import { AppError } from '../../../shared/model/errors';
import { type Kube, kubeOf } from '../kube/connect';
import type { KubeconfigOptions } from './files';
import { readFiles } from './list-contexts';
import { configOf, signIn } from './sign-in';
import { findContext, selfContained } from './standalone';

/** Milliseconds for a program that signs in. */
const programLimit = 15_000;

/**
 * Credentials are read and programs run once, now: what comes to an end is had anew by connecting anew.
 *
 * Throws `not-found` for a name that no file has, `kubeconfig-invalid` where a file that it needs cannot be read, and
 * `kubernetes-refused` where its program gives no credentials.
 */
export async function connectContext(
  options: Pick<KubeconfigOptions, 'environment' | 'homeDirectory' | 'platform'>,
  name: string,
  signal: AbortSignal,
): Promise<Kube> {
  const resolved = findContext(await readFiles(options), name);
  const whole = await selfContained(resolved);
  const signedIn = await signIn(whole, resolved, options.environment, programLimit, signal);
  if ('outcome' in signedIn) {
    const reason = signedIn.said.text;
    throw new AppError('kubernetes-refused', `${name} cannot be signed in to: ${reason}`, {
      params: { path: name, reason },
      ...(signedIn.detail !== undefined && { detail: signedIn.detail }),
      hints: [{ text: `Try it by itself: boathouse kubeconfig check ${name}` }],
    });
  }
  const { config, library } = await configOf(whole, signedIn.user);
  return kubeOf(config, library);
}
