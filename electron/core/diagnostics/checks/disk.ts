// Is there room for nodes on the engine's disk?
import { type Checkup, type Finding, findingsOf, type Surroundings } from '../check';

const gibibyte = 1024 ** 3;
const enough = 8 * gibibyte;
/** A node's images take about a gigabyte; etcd fails when it cannot write. */
const barely = 2 * gibibyte;

const why = 'Each node keeps a copy of the Kubernetes images, and etcd stops when it cannot write any more.';
const advice =
  'Make room, for example with "docker image prune" or "docker builder prune"; not with docker system prune, which removes stopped clusters.';

const words = {
  'disk-enough': { title: 'Free disk space of the engine', evidence: '{{free}} GB free in {{folder}}', why },
  'disk-short': {
    title: 'Disk space is getting short',
    evidence: '{{free}} GB free in {{folder}}',
    why,
    advice,
  },
  'disk-full': {
    title: 'The disk of the engine is nearly full',
    evidence: '{{free}} GB free in {{folder}}',
    why,
    advice,
  },
};
const finding = findingsOf('computer', words);

export const diskCheckup: Checkup = { words, examine, examineFor: examine };

async function examine({ facts, computer, inside }: Surroundings): Promise<Finding[]> {
  if (!facts) return [];
  const { rootDirectory: folder } = facts;
  const free = facts.here ? await computer.freeDisk(folder) : (await inside())?.freeDisk;
  if (free === undefined) return [];
  const about = { id: 'disk', params: { free: (free / gibibyte).toFixed(1), folder } };
  if (free >= enough) return [finding({ ...about, code: 'disk-enough', verdict: 'ok' })];
  if (free >= barely) return [finding({ ...about, code: 'disk-short', verdict: 'warning' })];
  return [finding({ ...about, code: 'disk-full', verdict: 'problem' })];
}
