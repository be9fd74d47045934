// The projects that people opened, kept in a file of the user's state; every process with a core sees what the others write.
import { watch } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type RememberedProject, rememberedProjectSchema } from '../../../../shared/model/devloop/proposal';
import type { Feed } from '../../../../shared/model/feed';
import { createLiveFeed } from '../../live/feed';
import type { CoreOptions } from '../../options';
import { thereIs } from './open';

/** Projects that are kept; those that were opened longest ago make room. */
const keptProjects = 100;

export interface RememberedProjects {
  list(): Promise<RememberedProject[]>;
  remember(project: Omit<RememberedProject, 'openedAt'>): Promise<void>;
  forget(dir: string): Promise<void>;
  /** The latest first. */
  watch(signal: AbortSignal): AsyncGenerator<Feed<RememberedProject>, void, void>;
}

export function rememberedProjects(
  { directories, log }: Pick<CoreOptions, 'directories' | 'log'>,
  disposed: AbortSignal,
): RememberedProjects {
  const file = join(directories.state, 'projects.json');
  const feed = createLiveFeed<RememberedProject>(({ dir }) => dir);
  let first: Promise<void> | undefined;
  /** Changes of this process come one after the other. */
  let queue: Promise<unknown> = Promise.resolve();

  async function list(): Promise<RememberedProject[]> {
    try {
      return z.array(rememberedProjectSchema).parse(JSON.parse(await readFile(file, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log(`${file} cannot be read: ${error}`);
      return [];
    }
  }

  async function write(change: (projects: RememberedProject[]) => RememberedProject[]): Promise<void> {
    const projects = change(await list()).sort((one, other) => other.openedAt - one.openedAt);
    await mkdir(directories.state, { recursive: true });
    const kept = projects.slice(0, keptProjects);
    await writeFile(`${file}.${process.pid}`, JSON.stringify(kept, null, 1), { mode: 0o600 });
    await rename(`${file}.${process.pid}`, file);
    feed.replace(kept);
  }

  function change(how: Parameters<typeof write>[0]): Promise<void> {
    const done = queue.then(() => write(how));
    queue = done.catch(() => {});
    return done;
  }

  async function begin(): Promise<void> {
    await mkdir(directories.state, { recursive: true });
    const watcher = watch(directories.state, { persistent: false }, (_event, name) => {
      if (name === basename(file)) void list().then((projects) => feed.replace(projects));
    });
    watcher.on('error', (error) => log(`${directories.state} is not watched: ${error}`));
    disposed.addEventListener('abort', () => watcher.close(), { once: true });
    feed.replace(await list());
  }

  return {
    list,
    async remember(project) {
      const dir = thereIs(project.dir);
      await change((others) => [
        { ...project, dir, openedAt: Date.now() },
        ...others.filter((other) => other.dir !== dir),
      ]);
    },
    forget: (dir) => change((projects) => projects.filter((project) => project.dir !== dir)),
    async *watch(signal) {
      first ??= begin();
      await first;
      yield* feed.watch(signal);
    },
  };
}
