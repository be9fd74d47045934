// The engine's framing of stdout and stderr in one stream: an 8-byte header (stream, 3 zero bytes, length), then that many bytes.

export type OutputStream = 'stdout' | 'stderr';

export interface Demultiplexer {
  write(chunk: Buffer): void;
  /** True when the stream may end here: no frame is half-read. */
  readonly complete: boolean;
}

const names: Record<number, OutputStream | undefined> = { 0: 'stdout', 1: 'stdout', 2: 'stderr' };

/**
 * Hands out payloads as they come, also the parts of a frame whose rest has not arrived; frames may be split anywhere.
 * @throws Error from `write` when the bytes are not framed (Docker Engine API: "Stream format" of container attach)
 */
export function createDemultiplexer(onOutput: (stream: OutputStream, payload: Buffer) => void): Demultiplexer {
  let header = Buffer.alloc(0);
  let current: OutputStream = 'stdout';
  let remaining = 0;

  function readHeader(chunk: Buffer): Buffer {
    const missing = 8 - header.length;
    header = Buffer.concat([header, chunk.subarray(0, missing)]);
    if (header.length === 8) {
      const name = names[header.readUInt8(0)];
      if (!name || header.readUIntBE(1, 3) !== 0) throw new Error('The engine sent output that is not framed');
      current = name;
      remaining = header.readUInt32BE(4);
      header = Buffer.alloc(0);
    }
    return chunk.subarray(missing);
  }

  return {
    write(chunk) {
      let rest = chunk;
      while (rest.length > 0) {
        if (remaining === 0) {
          rest = readHeader(rest);
          continue;
        }
        const payload = rest.subarray(0, remaining);
        remaining -= payload.length;
        rest = rest.subarray(payload.length);
        onOutput(current, payload);
      }
    },
    get complete() {
      return remaining === 0 && header.length === 0;
    },
  };
}
