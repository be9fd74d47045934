// What a cluster's entries in a kubeconfig are called, by the program whose clusters it is like.
import type { Cluster } from '../../../shared/model/cluster';
import type { Section } from './parse';

/** The cluster that entries are for. */
export type KubeconfigSubject = Pick<Cluster, 'name' | 'provider' | 'context'>;

export type EntryNames = Readonly<Record<Section, string>>;

/** kind 0.33 and minikube 1.38: all three like the context; k3d 5.9: the user is `admin@<context>`. */
export function entryNames({ context, provider }: Pick<Cluster, 'provider' | 'context'>): EntryNames {
  return { clusters: context, contexts: context, users: provider === 'k3s' ? `admin@${context}` : context };
}
