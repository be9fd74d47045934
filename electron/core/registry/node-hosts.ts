// A node's `certs.d`: read from its container, and brought to what is wanted without restarting the node.
import { AppError } from '../../../shared/model/errors';
import { type ContainerFile, getFile, getTree, putFiles } from '../engine/archive';
import type { Engine } from '../engine/engine';
import { execOrThrow } from '../engine/exec';
import {
  type CertsFiles,
  certsFolder,
  certsReading,
  type Hosts,
  hostsChange,
  hostsText,
  ownHosts,
  tellContainerd,
} from './hosts';

const configuration = '/etc/containerd/config.toml';

/** What is written for containerd in a node, running or not. Throws `not-found` when there is no such container. */
export async function readCerts(engine: Engine, node: string, signal: AbortSignal): Promise<CertsFiles> {
  const tree = await getTree(engine, node, certsFolder, signal);
  return new Map([...tree].map(([path, content]) => [path, content.toString('utf8')]));
}

/**
 * Writes what is wanted into a node's container. A running containerd reads it at the next pull; one that reads no such files (kind's
 * images before 0.27) is told to, and restarted where it runs: pods go on meanwhile.
 * Throws `not-possible` where containerd is set up with `registry.mirrors`, which excludes this way.
 */
export async function writeHosts(
  engine: Engine,
  node: { name: string; running: boolean },
  wanted: Hosts,
  signal: AbortSignal,
): Promise<void> {
  const [files, told] = await Promise.all([
    readCerts(engine, node.name, signal),
    wanted.size > 0 ? toldContainerd(engine, node.name, signal) : undefined,
  ]);
  const { write, remove } = hostsChange(files, wanted);
  const emptied = node.running ? [] : remove.map((path) => ({ path, content: hostsText([]) }));
  const tells = told ? [told] : [];
  await putFiles(engine, node.name, [...write, ...emptied, ...tells], signal);
  if (!node.running) return;
  if (remove.length > 0) await execOrThrow(engine, node.name, [...removing, ...remove], { signal });
  if (tells.length > 0) await execOrThrow(engine, node.name, ['systemctl', 'restart', 'containerd'], { signal });
}

/** containerd 1.6: a folder that is empty would still hide `_default` from its registry. */
const removing = [
  'sh',
  '-c',
  'rm -f "$@"; for file in "$@"; do rmdir "${file%/*}" 2>/dev/null; done; true',
  'removing',
];

/** Brings the hosts of a node to what `next` makes of those that it has from us. */
export async function changeHosts(
  engine: Engine,
  node: { name: string; running: boolean },
  next: (own: Hosts) => Hosts,
  signal: AbortSignal,
): Promise<void> {
  const own = ownHosts(await readCerts(engine, node.name, signal));
  await writeHosts(engine, node, next(own), signal);
}

/** The configuration that a containerd needs to read `certs.d`; undefined where it reads it already. */
async function toldContainerd(engine: Engine, node: string, signal: AbortSignal): Promise<ContainerFile | undefined> {
  const text = (await getFile(engine, node, configuration, signal))?.toString('utf8');
  if (text === undefined) return undefined;
  switch (certsReading(text)) {
    case 'reads':
      return undefined;
    case 'can-be-told':
      return { path: configuration, content: tellContainerd(text) };
    case 'uses-mirrors':
      throw new AppError('not-possible', `containerd on ${node} is set up with mirrors of its own`, {
        params: { name: node, maker: 'boathouse', ability: 'change', why: 'own-mirrors' },
        detail: `${configuration} has registry.mirrors or another config_path`,
        hints: [{ text: 'Make a new cluster without these mirrors in its containerd configuration.' }],
      });
  }
}
