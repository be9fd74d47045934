// Certificates that nodes trust beyond the usual: PEM texts, their names, and the files that containerd reads at its start.
import { X509Certificate } from 'node:crypto';
import type { TrustedCertificate } from '../../../shared/model/access';
import type { ClusterNode } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import { type ContainerFile, putFiles } from '../engine/archive';
import type { Engine } from '../engine/engine';
import { execOrThrow } from '../engine/exec';
import type { StepContext } from '../operations/operation';

const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Go reads every file of this folder beside the system's bundle, so that no program has to put them together. (crypto/x509, root_linux.go) */
const folder = '/etc/ssl/certs';
const prefix = 'boathouse-';

export interface Certificate extends TrustedCertificate {
  readonly pem: string;
}

/** Every certificate of a text, each once. Throws `bad-input` for one that is damaged. */
export function certificatesIn(text: string): Certificate[] {
  const found = new Map<string, Certificate>();
  for (const [pem] of text.matchAll(block)) {
    const one = certificateOf(pem);
    found.set(one.fingerprint, one);
  }
  return [...found.values()];
}

function certificateOf(pem: string): Certificate {
  let x509: X509Certificate;
  try {
    x509 = new X509Certificate(pem);
  } catch (error) {
    throw new AppError('bad-input', 'A certificate is damaged', { detail: String(error) });
  }
  return {
    fingerprint: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
    subject: /^CN=(.*)$/m.exec(x509.subject)?.[1] ?? x509.subject.replaceAll('\n', ', '),
    expires: new Date(x509.validTo).toISOString(),
    pem: `${pem}\n`,
  };
}

/** The certificates of a text that was given as some. Throws `bad-input` for none, for a private key, for one that has expired. */
export function givenCertificates(text: string, now = new Date()): Certificate[] {
  if (/PRIVATE KEY-----/.test(text)) {
    throw new AppError('bad-input', 'There is a private key in it', {
      hints: [{ text: 'Give the certificate alone: nodes need no key to trust it.' }],
    });
  }
  const found = certificatesIn(text);
  if (found.length === 0) {
    throw new AppError('bad-input', 'There is no certificate in it', {
      hints: [{ text: 'It must be PEM: -----BEGIN CERTIFICATE-----. Of DER: openssl x509 -inform der -in FILE' }],
    });
  }
  const expired = found.find(({ expires }) => new Date(expires) < now);
  if (expired) throw new AppError('bad-input', `The certificate of ${expired.subject} expired at ${expired.expires}`);
  return found;
}

function fileOf({ fingerprint, pem }: Certificate): ContainerFile {
  return { path: `${folder}/${prefix}${fingerprint.slice(0, 32)}.pem`, content: pem };
}

/** For a container that has not started yet. */
export const certificateFiles = (certificates: readonly Certificate[]): ContainerFile[] => certificates.map(fileOf);

/** What a running node has of ours. */
export async function readTrusted(engine: Engine, node: string, signal: AbortSignal): Promise<Certificate[]> {
  const command = ['sh', '-c', `cat ${folder}/${prefix}*.pem 2>/dev/null || true`];
  return certificatesIn((await execOrThrow(engine, node, command, { signal })).stdout);
}

/** Gives nodes certificates, or takes them away; containerd reads them once, so it is started anew: pods go on meanwhile. */
export async function changeTrusted(
  engine: Engine,
  nodes: readonly ClusterNode[],
  { add = [], remove = [] }: { add?: readonly Certificate[]; remove?: readonly Certificate[] },
  { signal, undo }: Pick<StepContext, 'signal' | 'undo'>,
): Promise<void> {
  const told = nodes.filter(({ role, state }) => role !== 'external-load-balancer' && state === 'running');
  await Promise.all(
    told.map(async ({ name }) => {
      const has = new Set((await readTrusted(engine, name, signal)).map(({ fingerprint }) => fingerprint));
      const comes = add.filter(({ fingerprint }) => !has.has(fingerprint));
      const goes = remove.filter(({ fingerprint }) => has.has(fingerprint));
      if (comes.length + goes.length === 0) return;
      undo(`the certificates of ${name}`, (within) => write(engine, name, { add: goes, remove: comes }, within));
      await write(engine, name, { add: comes, remove: goes }, signal);
    }),
  );
}

async function write(
  engine: Engine,
  node: string,
  { add, remove }: { add: readonly Certificate[]; remove: readonly Certificate[] },
  signal: AbortSignal,
): Promise<void> {
  await putFiles(engine, node, certificateFiles(add), signal);
  const paths = certificateFiles(remove).map(({ path }) => path);
  if (paths.length > 0) await execOrThrow(engine, node, ['rm', '-f', ...paths], { signal });
  await execOrThrow(engine, node, ['systemctl', 'try-restart', 'containerd'], { signal });
}
