// Whose an existing kubeconfig entry of our name is: ours to replace and remove, or somebody else's.
import { isIP } from 'node:net';
import { AppError } from '../../../shared/model/errors';
import { extensionsOf, isMarked } from './entry';
import { entryNames, type KubeconfigSubject } from './names';
import { fieldsOf, type KubeconfigModel, type Section } from './parse';

type Fields = Record<string, unknown>;

/**
 * The sections of a kubeconfig in which the cluster's names stand for something that is not a local cluster of that name.
 *
 * - A cluster is ours with our mark, or when its server is this computer: left by a cluster of the same name (kind 0.33 and k3d
 *   5.9 mark nothing and replace what has their names). minikube's names can be any word, so its entries must be known as its own.
 * - A context is ours with our mark, or when it leads to the cluster of its own name.
 * - A user is ours beside a cluster that is, or when it is nothing but a client certificate, as kubeadm makes it.
 */
export function foreignSections(model: KubeconfigModel, subject: KubeconfigSubject): Section[] {
  const names = entryNames(subject);
  const named = (section: Section) => model[section].filter((entry) => entry.name === names[section]);
  const isLikeOurs = subject.provider === 'minikube' ? isMinikubes : ({ server }: Fields) => isLocal(server);
  const clusters = named('clusters').map((entry) => fieldsOf(entry.cluster));
  const clusterIsOurs = clusters.every((cluster) => isMarked(cluster) || isLikeOurs(cluster));
  const besideOurs = clusters.length > 0 && clusterIsOurs;

  const contexts = named('contexts').map((entry) => fieldsOf(entry.context));
  const contextIsOurs = contexts.every(
    (context) => isMarked(context) || (context.cluster === names.clusters && clusterIsOurs),
  );
  const users = named('users').map((entry) => fieldsOf(entry.user));
  const userIsOurs = besideOurs || users.every(isClientCertificate);

  return [
    ...(clusterIsOurs ? [] : (['clusters'] as const)),
    ...(contextIsOurs ? [] : (['contexts'] as const)),
    ...(userIsOurs ? [] : (['users'] as const)),
  ];
}

/** minikube 1.38 marks its entries; older ones are known by their authority's file, which is in its own folder. */
export function isMinikubes(cluster: Fields): boolean {
  const marked = extensionsOf(cluster).some(({ extension }) => fieldsOf(extension).provider === 'minikube.sigs.k8s.io');
  return marked || /[/\\]\.minikube[/\\]ca\.crt$/.test(String(cluster['certificate-authority'] ?? ''));
}

/** This computer by any of its names, and the unspecified address, which connects to it as well. */
export function isLocal(server: unknown): boolean {
  if (typeof server !== 'string' || !URL.canParse(server)) return false;
  const host = new URL(server).hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) === 4) return host.startsWith('127.') || host === '0.0.0.0';
  return host === 'localhost' || host === '::1' || host === '::';
}

function isClientCertificate(user: Fields): boolean {
  return Object.keys(user).every((key) => key === 'client-certificate-data' || key === 'client-key-data');
}

/** Throws `kubeconfig-foreign-entry` when `model` uses the cluster's names for something else. */
export function refuseForeign(model: KubeconfigModel, subject: KubeconfigSubject, file: string): void {
  const [section] = foreignSections(model, subject);
  if (!section) return;
  const name = entryNames(subject)[section];
  const thing = { clusters: 'cluster', contexts: 'context', users: 'user' }[section];
  throw new AppError(
    'kubeconfig-foreign-entry',
    `The kubeconfig ${file} has a ${thing} ${name} that belongs to something else`,
    {
      params: { file, name, section: thing },
      hints: [
        { text: 'Choose another name for the cluster.' },
        {
          text:
            thing === 'context'
              ? `Or give the other one another name: kubectl config rename-context ${name} NEW-NAME`
              : `Or, if it is no longer needed, remove it: kubectl config delete-${thing} ${name}`,
        },
      ],
    },
  );
}
