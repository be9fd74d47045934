// A program in a container of its own that is gone afterwards.
import type { Engine } from './engine';
import { engineFailure, explained, statusOf } from './failures';

export interface RunOnce {
  /** An image that the engine has; its entrypoint is not used. */
  image: string;
  command: readonly [string, ...string[]];
  /** With all rights over the engine's kernel. */
  privileged?: boolean;
  signal: AbortSignal;
}

/**
 * Runs it without a network and gives its output, both streams as one.
 * @throws what `engineFailure` knows; the container is removed in any case
 */
export async function runOnce(engine: Engine, request: RunOnce): Promise<{ exitCode: number; output: string }> {
  const { image, command, privileged = false, signal } = request;
  const [entrypoint, ...rest] = command;
  const container = await explained(() =>
    engine.docker.createContainer({
      Image: image,
      Entrypoint: [entrypoint],
      Cmd: rest,
      // One stream without frames.
      Tty: true,
      HostConfig: { NetworkMode: 'none', Privileged: privileged, Init: false },
    }),
  );
  try {
    signal.throwIfAborted();
    // Asked before it starts, so that its end is not missed.
    const ended = container.wait({ condition: 'next-exit', abortSignal: signal });
    ended.catch(() => {});
    await explained(() => container.start({ abortSignal: signal }));
    const { StatusCode } = (await explained(() => ended)) as { StatusCode: number };
    const output = await explained(() => container.logs({ stdout: true, stderr: true, abortSignal: signal }));
    return { exitCode: StatusCode, output: output.toString('utf8').replaceAll('\r\n', '\n') };
  } finally {
    await container.remove({ force: true, v: true }).catch((error: unknown) => {
      if (statusOf(error) !== 404) throw engineFailure(error);
    });
  }
}
