// The last words of nodes that a failed create is about to take away: kept as files with the operation, small, without secrets.
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/model/errors';
import { ownLabels } from '../clusters/providers/kubeadm/labels';
import type { Engine } from '../engine/engine';
import { execInContainer } from '../engine/exec';
import { explained } from '../engine/failures';
import { withoutSecrets } from '../redaction/secrets';
import { serialLog } from './node';

/** Milliseconds that the undo waits for all of it. */
const keepLimit = 15_000;
/** Bytes of each file. */
const fileLimit = 256 * 1024;
/** Older ones are taken away, and so are those beyond the newest. */
const keptDays = 14;
const keptFolders = 20;

/** The ends of what explains a node that did not come up. */
const commands: Readonly<Record<string, readonly string[]>> = {
  'kubelet.log': ['journalctl', '--no-pager', '-n', '400', '-u', 'kubelet.service'],
  'containerd.log': ['journalctl', '--no-pager', '-n', '200', '-u', 'containerd.service'],
  'control-plane.log': ['sh', '-c', 'tail -n 200 /var/log/pods/kube-system_*/*/*.log 2>/dev/null'],
};

const rootOf = (state: string) => join(state, 'node-logs');

/**
 * Keeps the last words of all nodes of one create. Returns the folder; undefined when no node had anything to say.
 * `operation`: the id that names the folder. Never throws: nothing is to stand in the way of the undo.
 */
export async function keepNodeLogs(
  engine: Engine,
  { state, operation, creation }: { state: string; operation: string; creation: string },
): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(keepLimit);
    await forgetOld(rootOf(state));
    const filters = { label: [`${ownLabels.operation}=${creation}`] };
    const containers = await explained(() => engine.docker.listContainers({ all: true, filters, abortSignal: signal }));
    const folder = join(rootOf(state), operation);
    const kept = await Promise.all(
      containers.map(({ Id, Names, State }) =>
        keepNode(engine, join(folder, (Names[0] ?? Id).replace(/^\//, '')), {
          id: Id,
          running: State === 'running',
          // Each node's reads go on at once: they wait on a signal of their own.
          signal: AbortSignal.any([signal]),
        }),
      ),
    );
    return kept.some(Boolean) ? folder : undefined;
  } catch {
    return undefined;
  }
}

async function keepNode(
  engine: Engine,
  folder: string,
  { id, running, signal }: { id: string; running: boolean; signal: AbortSignal },
): Promise<boolean> {
  const read = {
    'serial.log': () => serialLog(engine, id, 200, signal),
    ...(running &&
      Object.fromEntries(
        Object.entries(commands).map(([name, command]) => [
          name,
          async () => (await execInContainer(engine, id, command, { signal, outputCap: fileLimit })).stdout,
        ]),
      )),
  };
  const texts = await Promise.all(
    Object.entries(read).map(async ([name, text]) => [name, await text().catch(() => '')] as const),
  );
  const told = texts.filter(([, text]) => text.trim() !== '');
  if (told.length === 0) return false;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await Promise.all(
    told.map(([name, text]) => writeFile(join(folder, name), withoutSecrets(text).slice(-fileLimit), { mode: 0o600 })),
  );
  return true;
}

async function forgetOld(root: string): Promise<void> {
  const names = await readdir(root).catch(() => []);
  const ages = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(root, name))).mtimeMs })));
  const oldest = Date.now() - keptDays * 24 * 3_600_000;
  const doomed = ages.sort((a, b) => b.at - a.at).filter(({ at }, index) => at < oldest || index >= keptFolders);
  await Promise.all(doomed.map(({ name }) => rm(join(root, name), { recursive: true, force: true })));
}

/** The files that were kept of an operation, by node and name. Throws `not-found`. */
export async function readKeptLogs(state: string, operation: string): Promise<{ path: string; text: string }[]> {
  // The id becomes a path.
  const folder = /^[\w-]+$/.test(operation) ? join(rootOf(state), operation) : '';
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const files = names.filter((name) => name.endsWith('.log')).sort();
  if (files.length === 0) {
    throw new AppError('not-found', 'No logs of nodes were kept', { params: { what: operation } });
  }
  return Promise.all(files.map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') })));
}
