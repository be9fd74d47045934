// A small container of ours whose program is spoken to through its input and output, gone when it is no longer needed.
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { Engine } from '../engine/engine';
import { explained } from '../engine/failures';
import { createDemultiplexer } from '../engine/multiplex';
import { byteReader } from './tar-split';

export interface Attached {
  /** Resolves when there is room for more. Whoever reads the answers learns of a broken connection. */
  ask(text: string | Buffer): Promise<void>;
  /** The program reads the end of its input. */
  end(): void;
  answers: ReturnType<typeof byteReader>;
  /** What the program said when it failed. */
  complaint(): string;
  /** @param grace milliseconds for the program to end by itself once its input has */
  close(grace?: number): Promise<void>;
}

/** By it containers of ours are known. */
export const roleLabel = 'dev.boathouse.role';

/**
 * The body of such a container: without a network, without rights, not to be written but where `mounts` say.
 * @param image of the engine, with a shell
 * @param role value of the label by which it is known
 */
export function attachedContainer(
  { image, script, role }: { image: string; script: string; role: string },
  host: Pick<Docker.HostConfig, 'CapAdd' | 'Mounts'>,
): Docker.ContainerCreateOptions {
  return {
    Image: image,
    Entrypoint: ['/bin/sh', '-c', script],
    Cmd: [],
    User: '0:0',
    Env: ['LC_ALL=C'],
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    OpenStdin: true,
    StdinOnce: true,
    Labels: { [roleLabel]: role },
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      AutoRemove: true,
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      UsernsMode: 'host',
      // A log would be a copy of everything that is read.
      LogConfig: { Type: 'none', Config: {} },
      ...host,
    },
  };
}

/** Makes and starts it. Close it in any case. Throws what `engineFailure` knows. */
export async function attach(
  engine: Engine,
  body: Docker.ContainerCreateOptions,
  signal: AbortSignal,
): Promise<Attached> {
  return attachTo(await explained(() => engine.docker.createContainer(body)), signal);
}

/** Starts one that was made; it is removed where that fails. Close it in any case. Throws what `engineFailure` knows. */
export async function attachTo(container: Docker.Container, signal: AbortSignal): Promise<Attached> {
  const close = async (grace = 0) => {
    const ended = grace > 0 ? container.wait().catch(() => {}) : undefined;
    stream?.destroy();
    if (ended) await Promise.race([ended, pause(grace, undefined, { ref: false })]);
    await container.remove({ force: true, v: true }).catch(() => {});
  };
  let stream: Duplex | undefined;
  let complaint = '';
  try {
    stream = (await explained(() =>
      container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true, abortSignal: signal }),
    )) as Duplex;
    await explained(() => container.start({ abortSignal: signal }));
  } catch (error) {
    await close();
    throw error;
  }
  const opened = stream;
  opened.on('error', () => {});
  return {
    async ask(text) {
      if (opened.write(text) || opened.destroyed) return;
      const settled = new AbortController();
      const gone = once(opened, 'close', { signal: settled.signal }).catch(() => {});
      await Promise.race([once(opened, 'drain', { signal: settled.signal }), gone]).finally(() => settled.abort());
    },
    end: () => opened.end(),
    answers: byteReader(answersOf(opened, (words) => (complaint += words))),
    complaint: () => complaint.trim(),
    close,
  };
}

async function* answersOf(stream: Duplex, complain: (words: string) => void): AsyncGenerator<Buffer, void, void> {
  let payloads: Buffer[] = [];
  const demultiplexer = createDemultiplexer((name, payload) => {
    if (name === 'stdout') payloads.push(payload);
    else complain(payload.toString('utf8'));
  });
  for await (const chunk of stream) {
    demultiplexer.write(chunk as Buffer);
    const ready = payloads;
    payloads = [];
    yield* ready;
  }
}
