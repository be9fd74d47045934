// A container that sees the engine's store of images, read-only. What is small is taken out of it without starting it.
import type { Engine } from '../engine/engine';
import { cancelled, explained } from '../engine/failures';
import { whenAborted } from '../live/signal';
import { type Attached, attachedContainer, attachTo, roleLabel } from './attached';

/** How many files, and how many bytes, are taken out without starting the container. */
export const fewEnough = (count: number, bytes: number) => count <= 4 && bytes <= 8 * 1024 * 1024;

export interface StoreContainer {
  readonly id: string;
  /** Its program, started by the first call. */
  program(): Promise<Attached>;
  readonly started: boolean;
  /** What the program said when it failed. */
  complaint(): Promise<string>;
  close(): Promise<void>;
}

export interface StoreContainerRequest {
  /** Of the engine, with a shell. */
  readonly image: string;
  readonly script: string;
  /** Path of a folder of the store -> where it is seen. */
  readonly folders: Readonly<Record<string, string>>;
}

const role = 'image-reader';

/** Close it in any case. Throws what `engineFailure` knows. */
export async function openStoreContainer(
  engine: Engine,
  { image, script, folders }: StoreContainerRequest,
  signal: AbortSignal,
): Promise<StoreContainer> {
  const Mounts = Object.entries(folders).map(([Source, Target]) => ({
    Type: 'bind' as const,
    Source,
    Target,
    ReadOnly: true,
    // Mounts of running containers below it must not be held.
    BindOptions: { NonRecursive: true } as unknown as { Propagation: 'private' },
  }));
  const body = attachedContainer({ image, script, role }, { CapAdd: ['DAC_READ_SEARCH'], Mounts });
  // A request that is broken off may leave one behind: the engine goes on making it.
  const creating = explained(() => engine.docker.createContainer(body));
  await Promise.race([creating, whenAborted(signal)]);
  if (signal.aborted) {
    void creating.then((made) => made.remove({ force: true, v: true })).catch(() => {});
    throw cancelled(signal);
  }
  const container = await creating;
  let attached: Promise<Attached> | undefined;
  return {
    id: container.id,
    program() {
      attached ??= attachTo(container, signal);
      return attached;
    },
    get started() {
      return attached !== undefined;
    },
    complaint: async () => (await attached?.catch(() => undefined))?.complaint() ?? '',
    async close() {
      const program = await attached?.catch(() => undefined);
      if (program) await program.close();
      else await container.remove({ force: true, v: true }).catch(() => {});
      await removeLeft(engine);
    },
  };
}

/** Those that were never started are not removed by the engine when their maker ends: an hour later nobody wants them. */
async function removeLeft(engine: Engine): Promise<void> {
  const filters = { label: [`${roleLabel}=${role}`], status: ['created'] };
  const left = await engine.docker.listContainers({ all: true, filters }).catch(() => []);
  const old = left.filter(({ Created }) => Date.now() / 1000 - Created > 3600);
  await Promise.allSettled(old.map(({ Id }) => engine.docker.getContainer(Id).remove({ v: true })));
}
