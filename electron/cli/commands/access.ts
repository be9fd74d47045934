// `boathouse access list | sign-in | sign-out | trust | distrust`.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Access, SignInWay } from '../../../shared/model/access';
import { AppError } from '../../../shared/model/errors';
import { exitCodes } from '../errors';
import { totalDuration } from '../output/summary';
import { tableLines } from '../output/table';
import { clientOf, printResult, type Session } from '../session';
import { failureOf, printFailure, printSuccess, runOperation } from './outcome';

export interface SignInOptions {
  as: SignInWay;
  namespace?: string[];
}

/** @returns the exit code */
export async function list(session: Session, cluster: string): Promise<number> {
  const access = await (await clientOf(session)).access.of({ cluster });
  printResult(session, access, () => accessLines(cluster, access));
  return exitCodes.done;
}

/** Sign-ins, then certificates. */
export function accessLines(cluster: string, { signIns, certificates }: Access): string[] {
  const ways = signIns.map(({ registry, account, way, namespaces }) => [
    registry,
    account || '-',
    way === 'kubelet' ? 'kubelets' : `secrets in ${namespaces.join(', ')}`,
  ]);
  const trusted = certificates.map(({ fingerprint, subject, expires }) => [
    fingerprint.slice(0, 12),
    subject,
    expires.slice(0, 10),
  ]);
  return [
    ...(ways.length > 0
      ? tableLines([['REGISTRY', 'ACCOUNT', 'BY'], ...ways])
      : [`${cluster} signs in at no registry.`]),
    ...(trusted.length > 0 ? ['', ...tableLines([['CERTIFICATE', 'OF', 'EXPIRES'], ...trusted])] : []),
  ];
}

async function finish(session: Session, begin: Parameters<typeof runOperation>[1], done: string): Promise<number> {
  const operation = await runOperation(session, begin);
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  return printSuccess(session, { operation }, [`${done} (${totalDuration(operation)})`]);
}

/** @returns the exit code */
export async function signIn(session: Session, cluster: string, registry: string, options: SignInOptions) {
  const { as: way, namespace } = options;
  return finish(
    session,
    (client) => client.access.signIn({ cluster, registry, way, ...(namespace && { namespaces: namespace }) }),
    `${cluster} signs in at ${registry}`,
  );
}

/** @returns the exit code */
export async function signOut(session: Session, cluster: string, registry: string): Promise<number> {
  return finish(
    session,
    (client) => client.access.signOut({ cluster, registry }),
    `${cluster} signs in at ${registry} no more`,
  );
}

/** @returns the exit code */
export async function trust(
  session: Session,
  cluster: string,
  file: string | undefined,
  { registry }: { registry?: string },
): Promise<number> {
  if ((file === undefined) === (registry === undefined)) {
    throw new AppError('bad-input', 'Say which certificates to trust', {
      hints: [{ text: `Give a PEM file, or --registry HOST: boathouse access trust ${cluster} ./ca.crt` }],
    });
  }
  const pem = file === undefined ? undefined : await readPem(file);
  return finish(
    session,
    (client) => client.access.trust({ cluster, ...(pem !== undefined && { pem }), ...(registry && { registry }) }),
    `The nodes of ${cluster} trust it`,
  );
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(resolve(file), 'utf8');
  } catch (error) {
    throw new AppError('bad-input', `${file} cannot be read`, { detail: String(error) });
  }
}

/** @returns the exit code */
export async function distrust(session: Session, cluster: string, fingerprint: string): Promise<number> {
  return finish(
    session,
    (client) => client.access.distrust({ cluster, fingerprint }),
    `The nodes of ${cluster} trust it no more`,
  );
}
