// A program in a running container that is talked with while it runs: what is typed to it, what it says, how it ends.
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from './engine';
import { exitCodeOf, startable } from './exec';
import { killMarked } from './exec-kill';
import { createDemultiplexer, type OutputStream } from './multiplex';

export interface OpenExec {
  /** Until it ends, with its exit code. Throws where the connection to it breaks off. */
  output(): AsyncGenerator<{ stream: OutputStream; bytes: Buffer }, number, void>;
  /** Resolves when there is room for more. */
  write(bytes: Uint8Array): Promise<void>;
  endInput(): void;
  resize(columns: number, rows: number): void;
  /** Ends it and its children; of one that has ended nothing is left to do. */
  close(): void;
}

interface Size {
  columns: number;
  rows: number;
}

/** Milliseconds between two tries to size a terminal whose program has not begun: the engine refuses it until then, and tells nobody. */
const resizePause = 20;
const resizeTries = 25;

/** Starts it with all rights in the container, in a terminal of a size or in none. Throws as `execInContainer` does. */
export async function openExec(
  engine: Engine,
  containerId: string,
  command: readonly string[],
  size: Size | undefined,
): Promise<OpenExec> {
  const marker = randomUUID();
  const terminal = size !== undefined;
  const environment = terminal ? { TERM: 'xterm-256color' } : {};
  // Something is typed, not known yet.
  const exec = await startable(engine, containerId, command, { stdin: '', terminal, environment }, marker);
  const stream: Duplex = await exec.start({ hijack: true, stdin: true, Detach: false, Tty: terminal });
  // Whoever reads it is told.
  stream.on('error', () => {});
  let ended = false;
  const resize = async ({ columns, rows }: Size) => {
    for (let tries = 0; tries < resizeTries && !stream.destroyed; tries += 1) {
      if (
        await exec.resize({ w: columns, h: rows }).then(
          () => true,
          () => false,
        )
      )
        return;
      await pause(resizePause);
    }
  };
  // Before anything is typed: what is typed ahead would be drawn in a terminal without a size.
  if (size) await resize(size);
  return {
    async *output() {
      const framed: { stream: OutputStream; bytes: Buffer }[] = [];
      const demultiplexer = createDemultiplexer((name, bytes) =>
        framed.push({ stream: name, bytes: Buffer.from(bytes) }),
      );
      for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
        // What a terminal shows is not framed.
        if (terminal) yield { stream: 'stdout', bytes: chunk as Buffer };
        else {
          demultiplexer.write(chunk as Buffer);
          yield* framed.splice(0);
        }
      }
      const code = await exitCodeOf(exec, undefined);
      ended = true;
      return code;
    },
    write: (bytes) =>
      new Promise((resolve) => {
        if (stream.destroyed || stream.writableEnded) return resolve();
        if (stream.write(bytes)) resolve();
        else {
          stream.once('drain', resolve);
          stream.once('close', resolve);
        }
      }),
    endInput: () => void stream.end(),
    resize: (columns, rows) => void resize({ columns, rows }),
    close() {
      stream.destroy();
      if (!ended) void killMarked(engine, containerId, marker);
      ended = true;
    },
  };
}
