// How long a list takes: from the core's start to its first answer, and as a process. `npm run bench:startup [-- --rounds N]`
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { createCore } from '../../electron/core/app';
import { median, table } from './figures';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '10' }, 'in-process': { type: 'boolean', default: false } },
});
const boathouse = join(import.meta.dirname, '../cli/boathouse.js');

/** Milliseconds from the call of `createCore` to the first answer of `clusters.list`, in this process. */
async function firstAnswer(): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'boathouse-bench-'));
  const start = performance.now();
  const core = await createCore({
    environment: process.env,
    homeDirectory: homedir(),
    platform: process.platform,
    directories: { config: directory, state: directory, cache: directory },
    resources: join(import.meta.dirname, '../../resources'),
    version: '0.0.0',
    shell: 'terminal',
    log: () => {},
  });
  await core.client.clusters.list();
  const took = performance.now() - start;
  await core.dispose();
  await rm(directory, { recursive: true, force: true });
  return took;
}

async function timed(program: string, args: string[]): Promise<number> {
  const start = performance.now();
  await execa(program, args);
  return performance.now() - start;
}

if (values['in-process']) {
  console.log(await firstAnswer());
} else {
  const figures = { core: [] as number[], list: [] as number[], node: [] as number[] };
  for (let round = 0; round < Number(values.rounds); round += 1) {
    // A process of its own each time: the first answer of a core is asked only once.
    const { stdout } = await execa('node', [import.meta.filename, '--in-process']);
    figures.core.push(Number(stdout));
    figures.list.push(await timed('node', [boathouse, 'list']));
    figures.node.push(await timed('node', ['-e', '0']));
  }
  const row = (what: string, all: number[]) => [
    what,
    median(all).toFixed(0),
    Math.min(...all).toFixed(0),
    Math.max(...all).toFixed(0),
  ];
  console.log(
    table([
      ['milliseconds', 'median', 'least', 'most'],
      row('core start to first answer of list', figures.core),
      row('`boathouse list` as a process', figures.list),
      row('`node -e 0` for comparison', figures.node),
    ]),
  );
}
