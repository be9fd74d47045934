// A command in a container through the API server: what is written to it, what it says, how it ends (Kubernetes' remote commands).
import type WebSocket from 'ws';
import { createWakeUp } from '../live/signal';

/** The newest protocol can end the input of a command (Kubernetes 1.30 and newer); all others speak the older one. */
export const commandProtocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/** Streams by the first byte of a message. */
const streams = { input: 0, out: 1, err: 2, status: 3, resize: 4, close: 255 };
/** Bytes that may wait to be taken before the sender waits, and to be sent before the writer does. */
const mostWaiting = 1024 * 1024;

export interface Output {
  stream: 'out' | 'err';
  bytes: Buffer;
}

/** `reason`: in Kubernetes' words, where no code is told. */
export type CommandEnd = { code: number } | { reason: string };

export interface RunningCommand {
  /** Until it ends. */
  output(): AsyncGenerator<Output, CommandEnd, void>;
  /** Resolves when there is room for more. */
  write(bytes: Uint8Array): Promise<void>;
  /** Whether its input can be ended by itself. */
  readonly endsInput: boolean;
  endInput(): void;
  resize(columns: number, rows: number): void;
  close(): void;
}

export function commandOver(socket: WebSocket): RunningCommand {
  const waiting: Output[] = [];
  let size = 0;
  let end: CommandEnd | undefined;
  let broken: string | undefined;
  let change = createWakeUp();
  const wake = () => {
    const previous = change;
    change = createWakeUp();
    previous.wake();
  };
  socket.on('message', (data: Buffer) => {
    const stream = data[0];
    const bytes = data.subarray(1);
    if (stream === streams.status) end = endIn(bytes.toString('utf8'));
    else if ((stream === streams.out || stream === streams.err) && bytes.length > 0) {
      waiting.push({ stream: stream === streams.out ? 'out' : 'err', bytes });
      size += bytes.length;
      if (size > mostWaiting) socket.pause();
    }
    wake();
  });
  socket.on('close', () => {
    broken ??= 'the connection to the container ended';
    wake();
  });
  socket.on('error', (error) => {
    broken ??= error.message;
    wake();
  });
  socket.resume();

  const message = (stream: number, bytes: Uint8Array) => Buffer.concat([Buffer.of(stream), bytes]);
  const send = (data: Buffer) => {
    if (socket.readyState === socket.OPEN) socket.send(data, () => {});
  };
  return {
    endsInput: socket.protocol === commandProtocols[0],
    async *output() {
      while (true) {
        const next = change.promise;
        const first = waiting.shift();
        if (first) {
          size -= first.bytes.length;
          if (size <= mostWaiting && socket.isPaused) socket.resume();
          yield first;
        } else if (end) return end;
        else if (broken !== undefined) return { reason: broken };
        else await next;
      }
    },
    write: (bytes) =>
      new Promise((resolve) => {
        if (socket.readyState !== socket.OPEN) return resolve();
        const full = socket.bufferedAmount > mostWaiting;
        socket.send(message(streams.input, bytes), () => full && resolve());
        if (!full) resolve();
      }),
    endInput: () => send(Buffer.of(streams.close, streams.input)),
    resize: (columns, rows) =>
      send(message(streams.resize, Buffer.from(JSON.stringify({ Width: columns, Height: rows })))),
    close: () => socket.terminate(),
  };
}

/** What a `Status` of Kubernetes says of a command: its exit code, or why there is none. */
export function endIn(text: string): CommandEnd {
  try {
    const status = JSON.parse(text) as {
      status?: string;
      message?: string;
      details?: { causes?: { reason?: string; message?: string }[] };
    };
    if (status.status === 'Success') return { code: 0 };
    const code = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
    return code === undefined ? { reason: status.message ?? text } : { code: Number(code) };
  } catch {
    return { reason: text.trim() || 'it ended without a word' };
  }
}
