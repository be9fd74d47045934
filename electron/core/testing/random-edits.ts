// For tests of the dev loop: edits of a project by chance, as people and their tools make them, and what is in a folder afterwards.
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type DevProject, dockerfile, manifest, settings } from './dev-project';

export interface RandomEdits {
  readonly project: DevProject;
  readonly image: string;
  readonly seed: number;
  readonly edits: number;
  /** kubectl in the project's namespace. */
  inCluster(...words: string[]): Promise<string>;
  /** Does something while the cluster does not answer. */
  frozen(work: () => Promise<unknown>): Promise<void>;
}

/** Writes, renames, deletes, switches branches, breaks builds, kills pods and freezes the cluster, in the order that the seed says. */
export async function editAtRandom({ project, image, seed, edits, inCluster, frozen }: RandomEdits): Promise<void> {
  const random = randomOf(seed);
  const files: string[] = [];
  const pick = () => files[Math.floor(random() * files.length)];
  const write = async (count: number) => {
    const names = Array.from({ length: count }, () => `src/d${Math.floor(random() * 4)}/f${Math.floor(random() * 50)}`);
    await Promise.all([...new Set(names)].map((path) => project.write(path, `${random()}`)));
    files.push(...names);
  };
  const kinds: (() => Promise<unknown>)[] = [
    () => write(1),
    () => write(1),
    () => project.page(`${random()}`),
    () => rm(join(project.dir, pick() ?? 'src/none'), { force: true }),
    () => rename(join(project.dir, pick() ?? 'src/none'), join(project.dir, 'src/moved')).catch(() => {}),
    () => rename(join(project.dir, 'src/d1'), join(project.dir, `src/d${9 + random()}`)).catch(() => {}),
    // A branch is switched: many files at once, the manifests with them.
    async () => {
      await rm(join(project.dir, 'src/d2'), { recursive: true, force: true });
      await Promise.all([write(60), project.write('k8s.yaml', manifest(image) + (random() < 0.5 ? settings : ''))]);
    },
    () => project.write('Dockerfile', random() < 0.5 ? dockerfile : `${dockerfile}RUN false\n`),
    () => inCluster('delete', 'pod', '-l', 'app=web', '--wait=false'),
    // Where no pod runs at the moment there is nothing to kill.
    () =>
      inCluster('exec', '--pod-running-timeout=1s', 'deploy/web', '--', 'sh', '-c', 'kill -9 $(pidof busybox)').catch(
        () => {},
      ),
  ];
  for (let edit = 0; edit < edits; edit += 1) {
    if (edit === 20) {
      await frozen(async () => {
        await project.page('while nothing answers');
        await pause(1500);
      });
    }
    await kinds[Math.floor(random() * kinds.length)]?.();
    await pause(random() < 0.2 ? 1500 : random() * 200);
  }
}

/** mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** As `md5sum` has them, of all files below a folder, in order. */
export async function digestsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const lines = files.map(async (file) => {
    const digest = createHash('md5')
      .update(await readFile(file))
      .digest('hex');
    return `${digest} ./${file.slice(folder.length + 1)}`;
  });
  return (await Promise.all(lines)).sort();
}
