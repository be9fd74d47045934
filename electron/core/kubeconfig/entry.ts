// A cluster's three kubeconfig entries, made from the administrator's kubeconfig that kubeadm leaves on a node.
import { stringify } from 'yaml';
import { type EntryNames, entryNames, type KubeconfigSubject } from './names';
import { fieldsOf, invalidKubeconfig, parseKubeconfig } from './parse';

type Fields = Record<string, unknown>;

/** Cluster, context and user, each without its name. */
export interface KubeconfigEntry {
  subject: KubeconfigSubject;
  names: EntryNames;
  cluster: Fields;
  context: Fields;
  user: Fields;
}

/** Name of the extension that says an entry is ours; programs that know kubeconfig files keep extensions they do not know. */
const markName = 'dev.boathouse';

/**
 * The entries of a cluster, called as the program calls them whose cluster it is like, cluster and context marked as ours.
 *
 * @param adminConf text of `/etc/kubernetes/admin.conf`, or of the file that takes its place
 * @param server where the API answers on this computer, e.g. `https://127.0.0.1:41234`
 * Throws `kubeconfig-invalid` where `adminConf` has not exactly one cluster, context and user (kind 0.33 asks the same).
 */
export function kubeconfigEntry(adminConf: string, subject: KubeconfigSubject, server: string): KubeconfigEntry {
  const entry = plainEntry(adminConf, subject, server);
  const mark = { extension: { cluster: subject.name, provider: subject.provider }, name: markName };
  return {
    ...entry,
    cluster: { ...entry.cluster, extensions: [...extensionsOf(entry.cluster), mark] },
    context: { ...entry.context, extensions: [...extensionsOf(entry.context), mark] },
  };
}

/**
 * A kubeconfig of its own for one cluster, as YAML text: the same entries, without our mark, and the current context.
 * Parameters and errors as for {@link kubeconfigEntry}.
 */
export function standaloneKubeconfig(adminConf: string, subject: KubeconfigSubject, server: string): string {
  const { names, cluster, context, user } = plainEntry(adminConf, subject, server);
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ cluster, name: names.clusters }],
    contexts: [{ context, name: names.contexts }],
    users: [{ name: names.users, user }],
    'current-context': names.contexts,
  };
  return yamlOf(content);
}

function plainEntry(adminConf: string, subject: KubeconfigSubject, server: string): KubeconfigEntry {
  const file = '/etc/kubernetes/admin.conf';
  const { model } = parseKubeconfig(adminConf, file);
  const [cluster, ...otherClusters] = model.clusters;
  const [context, ...otherContexts] = model.contexts;
  const [user, ...otherUsers] = model.users;
  if (!cluster || !context || !user || otherClusters.length + otherContexts.length + otherUsers.length > 0) {
    throw invalidKubeconfig(file, 'it should have exactly one cluster, one context and one user');
  }
  const names = entryNames(subject);
  return {
    subject,
    names,
    cluster: { ...fieldsOf(cluster.cluster), server },
    context: { ...fieldsOf(context.context), cluster: names.clusters, user: names.users },
    user: fieldsOf(user.user),
  };
}

/** The extensions of a cluster's or context's fields. */
export function extensionsOf(fields: Fields): Fields[] {
  return Array.isArray(fields.extensions) ? fields.extensions.map(fieldsOf) : [];
}

/** Whether a cluster's or context's fields carry our mark. */
export function isMarked(fields: Fields): boolean {
  return markOf(fields) !== undefined;
}

/** What our mark on a cluster's or context's fields says; undefined without one. */
export function markOf(fields: Fields): { cluster?: unknown; provider?: unknown } | undefined {
  const mark = extensionsOf(fields).find((extension) => extension.name === markName);
  return mark && fieldsOf(mark.extension);
}

/** Block YAML as kubectl writes it; strings that older YAML takes for something else (`on`, `1:20`) are quoted. */
export function yamlOf(value: unknown): string {
  return stringify(value, { lineWidth: 0, indentSeq: false, compat: 'yaml-1.1' });
}
