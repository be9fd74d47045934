// When a k3s node or its load balancer is ready: k3d reads it from their logs, and so do we.
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../../../../shared/model/errors';
import type { Engine } from '../../../engine/engine';
import { explained } from '../../../engine/failures';
import { createDemultiplexer } from '../../../engine/multiplex';
import { createLineSplitter } from '../../../engine/output';

/** What k3d's label `k3d.role` says, and of servers whether they began an etcd of several; `port`: one of ours that has a port. */
export type K3sRole = 'server' | 'init-server' | 'agent' | 'loadbalancer' | 'port';

/** k3d 5.9: pkg/types; the words are looked for in any case. A server that waits for others says less. */
export function readyWords(role: Exclude<K3sRole, 'port'>, intent: 'create' | 'start'): string {
  if (role === 'init-server') return intent === 'create' ? 'Containerd is now running' : 'Running kube-apiserver';
  return {
    server: 'k3s is up and running',
    agent: 'Successfully registered node',
    loadbalancer: 'start worker processes',
  }[role];
}

/** Milliseconds; joining an etcd on a slow disk takes minutes. */
const patience = 300_000;
/** k3d 5.9: how often a node may end and be started again by the engine, as one does that waits for another etcd member. */
const restarts = 10;
/** Milliseconds before the log of a container that ended is followed again. */
const betweenTries = 500;

/**
 * Resolves when a running container has logged `words` since its last start; `onLine` gets what it logs meanwhile. `limit`: milliseconds.
 * Throws `node-boot-failed` with its last lines when it ends for good or does not say it in time.
 */
export async function waitForWords(
  engine: Engine,
  node: { name: string; containerId: string },
  words: string,
  options: { signal: AbortSignal; onLine(line: string): void; limit?: number },
): Promise<void> {
  const limit = options.limit ?? patience;
  const deadline = AbortSignal.timeout(limit);
  const signal = AbortSignal.any([options.signal, deadline]);
  const lines: string[] = [];
  const onLine = (line: string) => {
    lines.push(line);
    options.onLine(line);
  };
  let why = 'ended';
  try {
    const since = await endBefore(engine, node.containerId, signal);
    for (let tries = 0; tries <= restarts; tries += 1) {
      if (await says(engine, node.containerId, { words, since, signal, onLine })) return;
      if (!(await mayRecover(engine, node.containerId, signal))) break;
      await pause(betweenTries, undefined, { signal });
    }
  } catch (error) {
    options.signal.throwIfAborted();
    if (!deadline.aborted) throw error;
    why = `was not ready within ${limit / 1000} s`;
  }
  options.signal.throwIfAborted();
  throw new AppError('node-boot-failed', `The node ${node.name} ${why}`, {
    params: { node: node.name },
    detail: lines.slice(-20).join('\n'),
    hints: [{ text: `Its log may say more: docker logs ${node.name}` }],
  });
}

/**
 * When the container ended before its last start, as the engine's log calls take it: seconds with fractions. Its first words may
 * carry an earlier time than the engine's note of the start.
 */
async function endBefore(engine: Engine, id: string, signal: AbortSignal): Promise<string> {
  const { State } = await explained(() => engine.docker.getContainer(id).inspect({ abortSignal: signal }));
  const seconds = Math.floor(Date.parse(State.FinishedAt) / 1000);
  // It never ran before: the year 1.
  if (!(seconds > 0)) return '0';
  const fraction = /\.(\d+)/.exec(State.FinishedAt)?.[1] ?? '0';
  return `${seconds}.${fraction.padEnd(9, '0').slice(0, 9)}`;
}

/** Whether the log has the words; false when it ends without, because the container did. */
async function says(
  engine: Engine,
  id: string,
  wanted: { words: string; since: string; signal: AbortSignal; onLine(line: string): void },
): Promise<boolean> {
  const { words, since, signal } = wanted;
  const container = engine.docker.getContainer(id);
  // dockerode's types know whole seconds only.
  const query = { follow: true, stdout: true, stderr: true, since: since as unknown as number, abortSignal: signal };
  const log = (await explained(() => container.logs({ ...query, follow: true }))) as unknown as Readable;
  const needle = words.toLowerCase();
  let said = false;
  const splitter = createLineSplitter((line) => {
    wanted.onLine(line);
    if (line.toLowerCase().includes(needle)) said = true;
  });
  const demultiplexer = createDemultiplexer((_, payload) => splitter.write(payload));
  try {
    for await (const chunk of log) {
      demultiplexer.write(chunk as Buffer);
      if (said) return true;
    }
    return false;
  } finally {
    log.destroy();
  }
}

/** Whether the engine runs it again, or is about to. */
async function mayRecover(engine: Engine, id: string, signal: AbortSignal): Promise<boolean> {
  const { State } = await explained(() => engine.docker.getContainer(id).inspect({ abortSignal: signal }));
  return State.Running || State.Restarting;
}
