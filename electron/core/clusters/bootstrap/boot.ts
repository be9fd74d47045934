// A node's boot: from the start of its container until systemd has come up inside it.
import type { Readable } from 'node:stream';
import { AppError } from '../../../../shared/model/errors';
import type { Engine } from '../../engine/engine';
import { engineFailure, explained } from '../../engine/failures';
import { createLineSplitter } from '../../engine/output';
import { namePortOwner } from '../../engine/ports';

/**
 * kind 0.33: programs must not be executed in a node before systemd is up (they would land in the wrong cgroup), and this is
 * how its log says so; on cgroup v1 the entrypoint's own line is enough.
 */
const booted = /Reached target .*Multi-User System.*|detected cgroup v1/;

/** Milliseconds; kind 0.33 gives up after 30 s, slow disks need longer. */
const bootLimit = 60_000;

/**
 * Starts a node's container and resolves when systemd is up in it; `onLine` gets what the node prints meanwhile.
 * Throws `node-boot-failed` with its last lines when it ends or does not come up in time.
 */
export async function bootNode(
  engine: Engine,
  container: string,
  options: { signal: AbortSignal; onLine(line: string): void },
): Promise<void> {
  const since = Math.floor(Date.now() / 1000) - 1;
  await startContainer(engine, container, options.signal);
  const deadline = AbortSignal.timeout(bootLimit);
  const signal = AbortSignal.any([options.signal, deadline]);
  const lines: string[] = [];
  const log = (await explained(() =>
    engine.docker
      .getContainer(container)
      .logs({ follow: true, stdout: true, stderr: true, since, abortSignal: signal }),
  )) as unknown as Readable;
  try {
    if (await reachesBoot(log, lines, options.onLine)) return;
  } catch (error) {
    options.signal.throwIfAborted();
    if (!deadline.aborted) throw engineFailure(error);
  } finally {
    log.destroy();
  }
  options.signal.throwIfAborted();
  const why = deadline.aborted ? `did not boot within ${bootLimit / 1000} s` : 'ended while it was booting';
  throw new AppError('node-boot-failed', `The node ${container} ${why}`, {
    params: { node: container },
    detail: lines.slice(-20).join('\n'),
    hints: [
      { text: 'The image may not be a Kubernetes node image, or the computer may be out of memory or disk space.' },
    ],
  });
}

/** Throws `port-taken` naming who has the port, when that is why it does not start. */
async function startContainer(engine: Engine, container: string, signal: AbortSignal): Promise<void> {
  try {
    await engine.docker.getContainer(container).start({ abortSignal: signal });
  } catch (error) {
    throw await namePortOwner(engine, engineFailure(error), container);
  }
}

/** Whether the log says that systemd is up; false when it ends without. */
async function reachesBoot(log: Readable, lines: string[], onLine: (line: string) => void): Promise<boolean> {
  let up = false;
  const splitter = createLineSplitter((line) => {
    lines.push(line);
    onLine(line);
    if (booted.test(line)) up = true;
  });
  for await (const chunk of log) {
    splitter.write(chunk as Buffer);
    if (up) return true;
  }
  return false;
}
