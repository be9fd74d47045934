// Listens at the doors of paused clusters: the first request resumes one that is to wake, by whichever process hears it first.
import type { Readable } from 'node:stream';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import type { Engine } from '../../engine/engine';
import { createDemultiplexer } from '../../engine/multiplex';
import { createLineSplitter } from '../../engine/output';
import { askedWords, claimWake, doorsOf, openDoors, releaseWake } from './paused';

export interface WakeOptions {
  /** Starts the resume and resolves when it has ended well. */
  resume(name: string): Promise<void>;
  log(line: string): void;
}

export interface Waker {
  /** Told of all clusters whenever they have changed. */
  see(engine: Engine, clusters: readonly Cluster[]): void;
}

/** `signal` ends the listening. */
export function createWaker({ resume, log }: WakeOptions, signal: AbortSignal): Waker {
  /** Of each paused cluster that is listened to, what ends it. */
  const listening = new Map<string, AbortController>();

  function stop(name: string): void {
    listening.get(name)?.abort();
    listening.delete(name);
  }

  async function wake(engine: Engine, name: string, entrance: ClusterNode): Promise<void> {
    if (!(await claimWake(engine, entrance, signal))) return;
    log(`${name} is asked for and resumed`);
    try {
      await resume(name);
    } catch (error) {
      log(`${name} could not be resumed: ${String(error)}`);
      await releaseWake(engine, entrance, signal);
    }
  }

  /** `entrance`: where the first who hears it claims the resume, whichever door was asked. */
  async function listen(
    engine: Engine,
    name: string,
    { entrance, door, heard }: { entrance: ClusterNode; door: ClusterNode; heard: AbortSignal },
  ): Promise<void> {
    try {
      for await (const line of linesOf(engine, door, heard)) {
        if (line === askedWords) await wake(engine, name, entrance);
      }
    } catch (error) {
      if (heard.aborted) return;
      log(`the door of ${name} is not heard any more: ${String(error)}`);
      stop(name);
    }
  }

  return {
    see(engine, clusters) {
      const paused = clusters.filter(({ state, operationId }) => state === 'paused' && operationId === undefined);
      const names = new Set(paused.map(({ name }) => name));
      for (const cluster of clusters.filter(({ name }) => listening.has(name) && !names.has(name))) {
        stop(cluster.name);
        // Nodes that were let go on by hand are behind doors that still say it is paused.
        if (cluster.state !== 'running' || cluster.operationId !== undefined) continue;
        openDoors(engine, doorsOf(cluster), signal).catch((error) => log(String(error)));
      }
      for (const cluster of paused.filter(({ name }) => !listening.has(name))) {
        const [entrance] = doorsOf(cluster);
        if (!entrance) continue;
        const controller = new AbortController();
        listening.set(cluster.name, controller);
        const heard = AbortSignal.any([signal, controller.signal]);
        for (const door of doorsOf(cluster)) void listen(engine, cluster.name, { entrance, door, heard });
      }
      for (const name of listening.keys()) if (!clusters.some((cluster) => cluster.name === name)) stop(name);
    },
  };
}

/** What a container logs from now on. */
async function* linesOf(engine: Engine, { containerId }: ClusterNode, signal: AbortSignal) {
  const log = (await engine.docker
    .getContainer(containerId)
    .logs({ follow: true, stdout: true, stderr: true, tail: 0, abortSignal: signal })) as unknown as Readable;
  const lines: string[] = [];
  const splitter = createLineSplitter((line) => lines.push(line));
  const demultiplexer = createDemultiplexer((_stream, payload) => splitter.write(payload));
  try {
    for await (const chunk of log) {
      demultiplexer.write(chunk as Buffer);
      yield* lines.splice(0);
    }
  } finally {
    log.destroy();
  }
}
