// Did a crash or a failure leave half a cluster behind?
import { AppError } from '../../../../shared/model/errors';
import type { JournalEntry } from '../../operations/journal';
import { type Checkup, type Finding, findingsOf, type Surroundings } from '../check';

const removal = {
  fix: 'Remove what is left of {{name}}: its containers, volumes, network and kubeconfig entry',
  done: 'What was left of {{name}} is removed.',
};
const cutOffWhy = 'Boathouse or the computer stopped in the middle of it; what it made is still there.';

const words = {
  'clusters-whole': {
    title: 'No cluster is half-made',
    evidence: 'clusters: {{count}}',
    why: 'What a crash leaves behind takes disk and memory, and its name stays taken.',
  },
  'create-interrupted': {
    title: 'The creation of {{name}} was cut off',
    evidence: 'begun {{at, date}} by a process that is gone',
    why: cutOffWhy,
    ...removal,
  },
  'delete-interrupted': {
    title: 'The deletion of {{name}} was cut off',
    evidence: 'begun {{at, date}} by a process that is gone',
    why: 'Boathouse or the computer stopped in the middle of it; what was not removed yet is still there.',
    ...removal,
  },
  'change-interrupted': {
    title: 'An operation on {{name}} was cut off',
    evidence: 'begun {{at, date}} by a process that is gone',
    why: 'Boathouse or the computer stopped in the middle of it; the cluster may run in part.',
    fix: 'Forget the operation; the cluster can be started or stopped again',
    done: 'Forgotten; start or stop {{name}} as you like.',
  },
  'left-behind': {
    title: 'Parts of {{name}} were left behind',
    evidence: 'the creation failed {{at, date}}',
    why: 'Its nodes were to be kept, or could not be removed then; it is not a whole cluster.',
    ...removal,
  },
  'never-finished': {
    title: '{{name}} was never finished',
    evidence: 'made by {{madeBy}}; some of its containers were created but never started',
    why: 'A cluster that was not set up to its end cannot be started.',
    fix: 'Delete {{name}}: its containers, volumes, network and kubeconfig entry',
    done: '{{name}} is removed.',
  },
};
const finding = findingsOf('clusters', words);

export const clustersCheckup: Checkup = {
  words,
  async examine(surroundings) {
    const { entries, clusters, engine, cleanup } = surroundings;
    if (!engine) return [];
    const cutOff = entries.filter((entry) => !entry.alive && entry.engine === engine.endpoint.host);
    const noted = new Set(cutOff.map((entry) => entry.subject));
    const halves = clusters
      .filter((cluster) => cluster.state === 'incomplete' && !noted.has(cluster.name))
      .map(({ name, madeBy }) =>
        finding({
          id: `never-finished:${name}`,
          code: 'never-finished',
          verdict: 'problem',
          params: { name, madeBy },
          commands: [`boathouse cleanup ${name}`],
          mend: () => cleanup(name),
        }),
      );
    const found = [...cutOff.map((entry) => ofEntry(entry, surroundings)), ...halves];
    if (found.length > 0) return found;
    return [finding({ id: 'clusters', code: 'clusters-whole', verdict: 'ok', params: { count: clusters.length } })];
  },
};

function ofEntry(entry: JournalEntry, { cleanup, journal }: Surroundings): Finding {
  const { id, kind, subject: name, at, leftBehind } = entry;
  const about = { verdict: 'problem', params: { name, at: new Date(at).toISOString() } } as const;
  // Only what made or removed a cluster can have left half of one.
  if (kind !== 'create' && kind !== 'delete' && kind !== 'cleanup') {
    const mend = () => journal.end(id);
    return finding({ id: `interrupted:${name}`, code: 'change-interrupted', ...about, mend });
  }
  const removing = {
    ...about,
    commands: [`boathouse cleanup ${name}`],
    async mend() {
      await cleanup(name).catch(unlessNothingIsLeft);
      await journal.end(id);
    },
  };
  if (leftBehind) return finding({ id: `left-behind:${name}`, code: 'left-behind', ...removing });
  const code = kind === 'create' ? 'create-interrupted' : 'delete-interrupted';
  return finding({ id: `interrupted:${name}`, code, ...removing });
}

/** It may have been cut off before it made anything. */
function unlessNothingIsLeft(error: unknown): void {
  if (!(error instanceof AppError && error.code === 'not-found')) throw error;
}
