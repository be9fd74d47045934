// `access.trust`, `access.distrust`: certificates that the nodes of a running cluster trust beyond the usual.
import { AppError } from '../../../shared/model/errors';
import type { ClusterDependencies } from '../clusters/dependencies';
import { findCluster } from '../clusters/find';
import { jobOf, refuseUntellable } from '../registry/connect';
import { type Certificate, changeTrusted, givenCertificates, readTrusted } from './certificates';
import { leadOf } from './read';

export interface TrustRequest {
  readonly cluster: string;
  /** One of the two: a PEM text, or a registry for which docker trusts certificates. */
  readonly pem?: string | undefined;
  readonly registry?: string | undefined;
}

/** Throws `not-found` (the cluster; docker trusts none for the registry), `bad-input`, `not-possible`, `not-ready`. */
export async function trust(dependencies: ClusterDependencies, { cluster: name, pem, registry = '' }: TrustRequest) {
  const { engine, cluster } = await findCluster(dependencies, name);
  refuseUntellable(cluster);
  const text = pem ?? (await engine.credentials?.certificatesFor(registry)) ?? '';
  if (pem === undefined && text === '') throw noneOfDocker(registry);
  const add = givenCertificates(text);
  const job = jobOf({ cluster }, [
    [
      'certificates-trust',
      `Trusting ${subjects(add)}`,
      (context) => changeTrusted(engine, cluster.nodes, { add }, context),
    ],
  ]);
  return dependencies.operations.start(job, engine.endpoint.host);
}

/** Throws `not-found` (the cluster; a certificate of that fingerprint), `not-possible`, `not-ready`. */
export async function distrust(dependencies: ClusterDependencies, name: string, fingerprint: string) {
  const { engine, cluster } = await findCluster(dependencies, name);
  refuseUntellable(cluster);
  const beginning = fingerprint.replaceAll(':', '').toLowerCase();
  const trusted = await readTrusted(engine, leadOf(cluster), AbortSignal.timeout(30_000));
  const remove = trusted.filter((one) => one.fingerprint.startsWith(beginning));
  if (remove.length === 0) {
    throw new AppError(
      'not-found',
      `${name} trusts no added certificate whose fingerprint begins with ${fingerprint}`,
      {
        params: { name: fingerprint },
      },
    );
  }
  const job = jobOf({ cluster }, [
    [
      'certificates-trust',
      `Trusting ${subjects(remove)} no more`,
      (context) => changeTrusted(engine, cluster.nodes, { remove }, context),
    ],
  ]);
  return dependencies.operations.start(job, engine.endpoint.host);
}

function subjects(certificates: readonly Certificate[]): string {
  return certificates.map(({ subject }) => subject).join(', ');
}

function noneOfDocker(registry: string): AppError {
  return new AppError('not-found', `Docker trusts no certificate of its own for ${registry}`, {
    params: { name: registry },
    hints: [{ text: `Give the file, or put it where docker looks: /etc/docker/certs.d/${registry}/ca.crt` }],
  });
}
