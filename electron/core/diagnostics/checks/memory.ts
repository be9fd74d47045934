// Have nodes enough memory and processors?
import { nodesNeed } from '../../clusters/need';
import { type Checkup, type Finding, findingsOf, type Surroundings } from '../check';

const gibibyte = 1024 ** 3;
/** A node and what runs on it. */
const enough = 2 * gibibyte;
/** kubeadm's preflight asks for two processors. */
const enoughProcessors = 2;

const why = 'A control plane takes about 0.9 GB and a worker 0.25 GB before anything runs on them.';
const relief = 'Stop clusters or programs that are not needed.';
const processorsWhy =
  'With one processor the control plane is so slow that parts of it give up waiting for each other.';

const words = {
  'memory-enough': { title: 'Memory of the engine', evidence: '{{total}} GB', why },
  'memory-free': { title: 'Memory of the engine', evidence: '{{free}} of {{total}} GB free', why },
  'memory-short': {
    title: 'The engine has little memory',
    evidence: '{{total}} GB',
    why,
    advice: 'Give the engine at least 2 GB.',
  },
  'memory-used-up': {
    title: 'Memory is nearly used up',
    evidence: '{{free}} of {{total}} GB free',
    why: 'When memory runs out, the kernel ends programs of nodes: etcd, the API server, your pods.',
    advice: relief,
  },
  'memory-below-need': {
    title: 'There is less memory than {{name}} needs',
    evidence: '{{free}} GB free; its nodes ({{nodes}}) need about {{needed}} GB',
    why,
    advice: `${relief} Or take fewer nodes.`,
  },
  'processors-enough': { title: 'Processors of the engine', evidence: '{{count}}', why: processorsWhy },
  'processors-few': {
    title: 'The engine has only one processor',
    evidence: '{{count}}',
    why: processorsWhy,
    advice: 'Give the engine at least two processors.',
  },
};
const finding = findingsOf('computer', words);

export const memoryCheckup: Checkup = {
  words,
  async examine(surroundings) {
    const { engine } = surroundings;
    return engine ? [memory(surroundings, engine.info.memory), processors(engine.info.cpus)] : [];
  },
  async examineFor(surroundings, { name, nodes }) {
    const { engine } = surroundings;
    if (!engine) return [];
    const free = freeOf(surroundings) ?? engine.info.memory;
    const needed = nodesNeed(nodes);
    const params = { name, nodes, free: gigabytes(free), needed: gigabytes(needed) };
    const short = free > 0 && free < needed;
    return [
      short
        ? finding({ id: 'memory', code: 'memory-below-need', verdict: 'warning', params })
        : memory(surroundings, engine.info.memory),
      processors(engine.info.cpus),
    ];
  },
};

function memory(surroundings: Surroundings, total: number): Finding {
  const id = 'memory';
  const free = freeOf(surroundings);
  const params = { total: gigabytes(total), ...(free !== undefined && { free: gigabytes(free) }) };
  if (total < enough) return finding({ id, code: 'memory-short', verdict: 'warning', params });
  if (free === undefined) return finding({ id, code: 'memory-enough', verdict: 'ok', params });
  if (free < enough / 4) return finding({ id, code: 'memory-used-up', verdict: 'warning', params });
  return finding({ id, code: 'memory-free', verdict: 'ok', params });
}

/** Known only where the engine shares this computer's memory. */
function freeOf({ facts, computer }: Surroundings): number | undefined {
  return facts?.here ? computer.memory().free : undefined;
}

function processors(count: number): Finding {
  const about = { id: 'processors', params: { count } };
  if (count >= enoughProcessors || count === 0) return finding({ ...about, code: 'processors-enough', verdict: 'ok' });
  return finding({ ...about, code: 'processors-few', verdict: 'warning' });
}

function gigabytes(bytes: number): string {
  return (bytes / gibibyte).toFixed(1);
}
