// Does the kubeconfig name clusters that are no longer there?

import { isMarked } from '../../kubeconfig/entry';
import { kubeconfigFiles } from '../../kubeconfig/files';
import { entryNames, type KubeconfigSubject } from '../../kubeconfig/names';
import { foreignSections } from '../../kubeconfig/ownership';
import { fieldsOf, type ParsedKubeconfig } from '../../kubeconfig/parse';
import { readAll } from '../../kubeconfig/read';
import { removeFromKubeconfig } from '../../kubeconfig/remove';
import { type Checkup, type Finding, findingsOf, type Surroundings } from '../check';

const why = 'kubectl offers the context and then reaches nothing, or later another cluster that has taken its port.';

const words = {
  'context-gone': {
    title: 'The cluster of the context {{context}} is gone',
    evidence: 'there is no cluster {{name}} on this engine, and nothing answers at {{server}}',
    why,
    fix: 'Take context, cluster and user {{context}} out of the kubeconfig; a copy of the file is kept',
    done: '{{context}} is taken out of the kubeconfig.',
    advice: 'Leave it if the cluster is on another engine.',
  },
  'context-gone-foreign': {
    title: 'The cluster of the context {{context}} seems to be gone',
    evidence: 'there is no cluster {{name}} on this engine, and nothing answers at {{server}}',
    why,
    advice: 'If you need it no longer: kubectl config delete-context {{context}}',
  },
};
const finding = findingsOf('kubeconfig', words);

/** What contexts of local clusters begin with: kind 0.33's and ours, and k3d 5.9's. */
const prefixes = { kubeadm: 'kind-', k3s: 'k3d-' } as const;

export const contextsCheckup: Checkup = {
  words,
  async examine(surroundings) {
    const { engine, kubeconfig } = surroundings;
    if (!engine) return [];
    // A file that cannot be read has a finding of its own.
    const files = await readAll(kubeconfigFiles(kubeconfig)).catch(() => []);
    const found = await Promise.all(
      files.flatMap((file) => entriesOf(file)).map((entry) => examine(entry, surroundings)),
    );
    return found.filter((one) => one !== undefined);
  },
};

interface Entry {
  cluster: KubeconfigSubject;
  server: string;
  /** It carries our mark, and nothing of that name is somebody else's. */
  ours: boolean;
}

/** Contexts of local clusters of ours, of kind's and of k3d's. */
function entriesOf({ model }: ParsedKubeconfig): Entry[] {
  return model.contexts.flatMap(({ name: context }): Entry[] => {
    const cluster = subjectOf(context);
    const { server, ...fields } = fieldsOf(model.clusters.find(({ name }) => name === context)?.cluster);
    if (!cluster || typeof server !== 'string' || foreignSections(model, cluster).length > 0) return [];
    return [{ cluster, server, ours: isMarked(fields) }];
  });
}

function subjectOf(context: unknown): KubeconfigSubject | undefined {
  if (typeof context !== 'string') return undefined;
  for (const provider of ['kubeadm', 'k3s'] as const) {
    const prefix = prefixes[provider];
    if (context.startsWith(prefix)) return { name: context.slice(prefix.length), provider, context };
  }
  return undefined;
}

async function examine({ cluster, server, ours }: Entry, surroundings: Surroundings): Promise<Finding | undefined> {
  const { clusters, entries, computer, kubeconfig } = surroundings;
  const { name, context } = cluster;
  const url = URL.canParse(server) ? new URL(server) : undefined;
  const exists = clusters.some((one) => one.context === context);
  if (!url || exists || entries.some(({ subject }) => subject === name)) return undefined;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (await computer.answers(host, Number(url.port || 443))) return undefined;
  const about = { id: `context-gone:${context}`, verdict: 'warning', params: { context, name, server } } as const;
  if (!ours) return finding({ ...about, code: 'context-gone-foreign' });
  const names = entryNames(cluster);
  return finding({
    ...about,
    code: 'context-gone',
    commands: [
      `kubectl config delete-context ${names.contexts}`,
      `kubectl config delete-cluster ${names.clusters}`,
      `kubectl config delete-user ${names.users}`,
    ],
    mend: () => removeFromKubeconfig(kubeconfig, cluster, AbortSignal.timeout(30_000)),
  });
}
