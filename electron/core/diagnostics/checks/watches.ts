// May nodes watch enough files? The limits are the kernel's, one pair for all containers.
import { AppError } from '../../../../shared/model/errors';
import { shellLine } from '../../engine/exec';
import { runOnce } from '../../engine/run-once';
import { type Checkup, type Finding, findingsOf, type Surroundings } from '../check';
import { nodeImageHere } from '../inside';

/** What kind's known issues recommend. */
const enough = { max_user_instances: 512, max_user_watches: 524_288 };
const folder = '/proc/sys/fs/inotify';

const why = 'With too few of them the second or third cluster fails with "too many open files".';

const words = {
  'watches-enough': {
    title: 'File watches (inotify)',
    evidence: '{{instances}} instances, {{watches}} watches',
    why,
  },
  'watches-short': {
    title: 'Few file watches (inotify)',
    evidence: '{{instances}} instances, {{watches}} watches; 512 and 524288 are recommended',
    why,
    fix: 'Raise the limits of the kernel that the engine runs on, until its next start',
    done: 'The limits are raised until the next start of the computer.',
    advice:
      'For good: put fs.inotify.max_user_instances=512 and fs.inotify.max_user_watches=524288 into /etc/sysctl.d/99-inotify.conf.',
  },
};
const finding = findingsOf('computer', words);

export const watchesCheckup: Checkup = { words, examine, examineFor: examine };

async function examine(surroundings: Surroundings): Promise<Finding[]> {
  const { engine, facts, clusters, signal } = surroundings;
  const limits = await readLimits(surroundings);
  if (!engine || !facts || !limits) return [];
  const about = { id: 'file-watches', params: { ...limits } };
  if (limits.instances >= enough.max_user_instances && limits.watches >= enough.max_user_watches) {
    return [finding({ ...about, code: 'watches-enough', verdict: 'ok' })];
  }
  const image = await nodeImageHere(engine, clusters, signal);
  const short = { ...about, code: 'watches-short', verdict: 'warning' } as const;
  if (!image) return [finding(short)];
  const script = raise(limits);
  const run = ['docker', 'run', '--rm', '--privileged', '--entrypoint', 'sh', image, '-c', script];
  const mend = async () => {
    const { exitCode, output } = await runOnce(engine, {
      image,
      command: ['sh', '-c', script],
      privileged: true,
      signal: AbortSignal.timeout(30_000),
    });
    if (exitCode !== 0) throw notRaised(shellLine(run), output);
  };
  return [finding({ ...short, commands: [shellLine(run)], mend })];
}

async function readLimits({ facts, computer, inside }: Surroundings) {
  if (!facts?.here) return inside();
  const [instances, watches] = await Promise.all(
    ['max_user_instances', 'max_user_watches'].map((name) => computer.kernelSetting(`fs/inotify/${name}`)),
  );
  return instances === undefined || watches === undefined ? undefined : { instances, watches };
}

/** Raises what is below, and lowers nothing. */
function raise(limits: { instances: number; watches: number }): string {
  const now = { max_user_instances: limits.instances, max_user_watches: limits.watches };
  return Object.entries(enough)
    .filter(([name, wanted]) => now[name as keyof typeof now] < wanted)
    .map(([name, wanted]) => `echo ${wanted} > ${folder}/${name}`)
    .join(' && ');
}

function notRaised(command: string, output: string): AppError {
  return new AppError('exec-failed', 'The limits could not be raised', {
    params: { command },
    detail: `$ ${command}\n${output}`,
    hints: [{ text: 'sudo sysctl fs.inotify.max_user_instances=512 fs.inotify.max_user_watches=524288' }],
  });
}
