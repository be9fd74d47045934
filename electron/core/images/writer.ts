// Layers written into the content stores of several nodes by one container, so that their bytes pass the engine once for all.
import { AppError } from '../../../shared/model/errors';
import type { Engine } from '../engine/engine';
import { cancelled, explained } from '../engine/failures';
import { type Attached, attach, attachedContainer } from './attached';
import type { NodeStore } from './node-store';

interface Target {
  readonly node: string;
  /** Name of its own among the folders for what comes. */
  readonly id: string;
}

export interface Writer {
  reaches(node: string): boolean;
  /** The next bytes are a layer of these nodes. */
  begin(hex: string, size: number, targets: readonly Target[]): Promise<void>;
  write(chunk: Buffer): Promise<void>;
  /** All of the layer was written. @returns why nodes do not have it whole */
  end(): Promise<ReadonlyMap<string, AppError>>;
  /** What was written belongs to the nodes from now on; without this, closing takes it away. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/**
 * `stat`: says which folder each path is. `layer`: so many bytes of the input go to each path; `tee` goes on where one of them is full.
 * An input that ends without `done` is one that broke off.
 */
const script = `
if echo | dd iflag=fullblock,count_bytes count=1 status=none >/dev/null 2>&1; then
  take() { dd bs=64k iflag=fullblock,count_bytes count="$1" status=none; }
else
  take() { head -c "$1"; }
fi
made=
while read -r what size paths; do
  case $what in
    stat) for path in $paths; do stat -c %d:%i "$path" || echo none; done ;;
    layer)
      made="$made $paths"
      why=$({
        for path in $paths; do mkdir -p "\${path%/*}"; done
        take "$size" | tee $paths >/dev/null
      } 2>&1 | tr '\\n' ' ')
      for path in $paths; do
        written=$(wc -c <"$path" || echo 0)
        # busybox's tee does not say why.
        [ "$written" = "$size" ] || [ "$(stat -f -c %a "\${path%/*}")" != 0 ] || why='no space left on device'
        echo "$written $why"
      done ;;
    done)
      echo done
      exit 0 ;;
  esac
done
for path in $made; do rm -rf "\${path%/layers/*}"; done`;

/** Milliseconds for it to take away what broke off. */
const grace = 3000;

export interface MountedVolume {
  readonly volume: string;
  /** The folder's path inside it. */
  readonly path: string;
}

interface Mount {
  readonly Type: string;
  readonly Name?: string | undefined;
  readonly Destination: string;
  readonly RW: boolean;
}

/** The volume in which a folder of a container lies; undefined when it lies in none that can be written. Pure. */
export function volumeOf(mounts: readonly Mount[], folder: string): MountedVolume | undefined {
  const [nearest] = mounts
    .map((mount) => ({ ...mount, at: mount.Destination.replace(/\/+$/, '') }))
    .filter(({ at }) => folder === at || folder.startsWith(`${at}/`))
    .sort((one, other) => other.at.length - one.at.length);
  if (nearest?.Type !== 'volume' || !nearest.Name || !nearest.RW) return undefined;
  return { volume: nearest.Name, path: folder.slice(nearest.at.length) };
}

interface Place extends MountedVolume {
  readonly node: string;
  /** The folder for what comes, as the writer sees it. */
  readonly folder: string;
}

/**
 * It is made of the first node's image and sees the volumes of the nodes' content stores, nothing else. Nodes whose store lies elsewhere
 * are not reached. Close it in any case. Throws what `engineFailure` knows, and `exec-failed` when it reaches none.
 */
export async function openSharedWriter(
  engine: Engine,
  nodes: readonly (Target & { readonly store: NodeStore })[],
  signal: AbortSignal,
): Promise<Writer> {
  const inspected = await Promise.all(
    nodes.map(({ node }) => explained(() => engine.docker.getContainer(node).inspect({ abortSignal: signal }))),
  );
  const places = nodes.flatMap(({ node, store }, index): Place[] => {
    const found = volumeOf(inspected[index]?.Mounts ?? [], store.content);
    return found ? [{ ...found, node, folder: `/nodes/${index}${found.path}/boathouse` }] : [];
  });
  if (places.length < 2) throw new AppError('exec-failed', 'the nodes keep their images in no volumes');
  const body = attachedContainer(
    { image: inspected[0]?.Image ?? '', script, role: 'image-writer' },
    {
      Mounts: places.map(({ volume, folder }) => ({
        Type: 'volume' as const,
        Source: volume,
        Target: folder.split('/').slice(0, 3).join('/'),
      })),
    },
  );
  const door = await attach(engine, body, signal);
  try {
    const seen = await staged(door, places);
    const reached = places.filter(({ node }, index) => {
      const own = nodes.find((one) => one.node === node)?.store.staging;
      return own !== '' && own === seen[index];
    });
    if (reached.length < 2) throw new AppError('exec-failed', 'the nodes see other folders than their volumes');
    return writerOf(door, reached, signal);
  } catch (error) {
    await door.close();
    throw error;
  }
}

async function staged(door: Attached, places: readonly Place[]): Promise<string[]> {
  await door.ask(`stat 0 ${places.map(({ folder }) => folder).join(' ')}\n`);
  const seen: string[] = [];
  for (const _ of places) seen.push((await door.answers.line()).trim());
  return seen;
}

function writerOf(door: Attached, places: readonly Place[], signal: AbortSignal): Writer {
  const abort = () => void door.close(grace);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  let current: { size: number; nodes: string[] } | undefined;
  return {
    reaches: (node) => places.some((one) => one.node === node),
    async begin(hex, size, targets) {
      const paths = targets.map(
        ({ node, id }) => `${places.find((one) => one.node === node)?.folder}/${id}/layers/${hex}`,
      );
      current = { size, nodes: targets.map(({ node }) => node) };
      await door.ask(`layer ${size} ${paths.join(' ')}\n`);
    },
    async write(chunk) {
      await door.ask(chunk);
      if (signal.aborted) throw cancelled(signal);
    },
    async end() {
      const { size = 0, nodes = [] } = current ?? {};
      const failures = new Map<string, AppError>();
      for (const node of nodes) {
        const [written, ...why] = (await answered(door)).trim().split(' ');
        if (Number(written) !== size) failures.set(node, short(node, why.join(' ')));
      }
      return failures;
    },
    async finish() {
      await door.ask('done\n');
      // Closed before it has read that, it would take what it wrote for broken off.
      await answered(door);
    },
    close() {
      signal.removeEventListener('abort', abort);
      return door.close(grace);
    },
  };
}

async function answered(door: Attached): Promise<string> {
  try {
    return await door.answers.line();
  } catch (error) {
    throw new AppError('exec-failed', 'What writes layers into the nodes broke off', {
      detail: door.complaint() || String(error),
      hints: [{ text: 'Try again.' }],
    });
  }
}

function short(node: string, detail: string): AppError {
  return new AppError('exec-failed', `${node} could not take all of a layer`, { detail });
}
