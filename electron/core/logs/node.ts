// What a node has to tell: its container, its journals and the logs of its pods, in the files that `kind export logs` writes.
import type { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import type { ClusterNode } from '../../../shared/model/cluster';
import { getFile } from '../engine/archive';
import type { Engine } from '../engine/engine';
import { execOrThrow } from '../engine/exec';
import { explained } from '../engine/failures';
import { createDemultiplexer } from '../engine/multiplex';
import { createTail } from '../engine/output';

/** A file of an export, or why there is none. */
export type LogFile = { path: string; text: string } | { path: string; missing: string };

/** Bytes of one file; of longer ones the end is kept. */
export const fileLimit = 4 * 1024 * 1024;

/** kind 0.33: `kind export logs` runs the same in each node. */
const commands: Readonly<Record<string, readonly string[]>> = {
  'kubernetes-version.txt': ['cat', '/kind/version'],
  'journal.log': ['journalctl', '--no-pager'],
  'kubelet.log': ['journalctl', '--no-pager', '-u', 'kubelet.service'],
  'containerd.log': ['journalctl', '--no-pager', '-u', 'containerd.service'],
  'images.log': ['sh', '-c', 'crictl images 2>/dev/null || ctr -n k8s.io images ls'],
};

/** All that can be had of a node in whatever state it is; programs need one that runs, files do not. */
export async function* nodeFiles(engine: Engine, node: ClusterNode, signal: AbortSignal): AsyncGenerator<LogFile> {
  const at = (name: string) => `${node.name}/${name}`;
  yield* containerFiles(engine, node, signal);
  if (node.role === 'external-load-balancer') return;
  yield attempt(at('kubeadm.conf'), async () => {
    const content = await getFile(engine, node.containerId, '/kind/kubeadm.conf', signal);
    if (!content) throw new Error('the node has no such file');
    return content.toString('utf8');
  });
  for (const [name, command] of Object.entries(commands)) {
    yield attempt(at(name), async () => {
      if (node.state !== 'running') throw new Error(`the node is ${node.state}`);
      return (await execOrThrow(engine, node.containerId, command, { signal, outputCap: fileLimit })).stdout;
    });
  }
  try {
    for await (const { path, text } of podLogs(engine, node, signal)) yield { path: at(path), text };
  } catch (error) {
    yield { path: at('pods'), missing: wordsOf(error, signal) };
  }

  function attempt(path: string, read: () => Promise<string>): Promise<LogFile> {
    return attemptFile(path, read, signal);
  }
}

/** What the engine tells of a container, and what the container itself has printed. */
export async function* containerFiles(
  engine: Engine,
  { name, containerId }: Pick<ClusterNode, 'name' | 'containerId'>,
  signal: AbortSignal,
): AsyncGenerator<LogFile> {
  const container = engine.docker.getContainer(containerId);
  yield attemptFile(
    `${name}/inspect.json`,
    async () => JSON.stringify(await explained(() => container.inspect({ abortSignal: signal })), null, 2),
    signal,
  );
  yield attemptFile(`${name}/serial.log`, () => serialLog(engine, containerId, 20_000, signal), signal);
}

/** The last lines that a container has printed. Those with a terminal are not framed. */
export async function serialLog(
  engine: Engine,
  containerId: string,
  lines: number,
  signal: AbortSignal,
): Promise<string> {
  const container = engine.docker.getContainer(containerId);
  const options = { follow: false, stdout: true, stderr: true, tail: lines, abortSignal: signal } as const;
  const [log, { Config }] = await explained(() =>
    Promise.all([container.logs(options), container.inspect({ abortSignal: signal })]),
  );
  const tail = createTail(fileLimit);
  if (Config.Tty) tail.write(log);
  else createDemultiplexer((_stream, payload) => tail.write(payload)).write(log);
  return tail.text();
}

/** `/var/log/pods`, read by archive: the node need not run. */
async function* podLogs(engine: Engine, node: ClusterNode, signal: AbortSignal) {
  const container = engine.docker.getContainer(node.containerId);
  const stream = (await explained(() =>
    container.getArchive({ path: '/var/log/pods', abortSignal: signal }),
  )) as Readable;
  const archive = extract();
  stream.once('error', (error) => archive.destroy(error));
  stream.pipe(archive);
  try {
    for await (const entry of archive) {
      const tail = createTail(fileLimit);
      for await (const chunk of entry) tail.write(chunk as Buffer);
      if (entry.header.type === 'file') yield { path: entry.header.name, text: tail.text() };
    }
  } finally {
    // The engine keeps the container locked until its answer is taken or refused.
    stream.destroy();
  }
}

/** The file, or the words of what stood against it. Throws only when aborted. */
export async function attemptFile(path: string, read: () => Promise<string>, signal: AbortSignal): Promise<LogFile> {
  try {
    return { path, text: await read() };
  } catch (error) {
    return { path, missing: wordsOf(error, signal) };
  }
}

function wordsOf(error: unknown, signal: AbortSignal): string {
  signal.throwIfAborted();
  return error instanceof Error ? error.message : String(error);
}
