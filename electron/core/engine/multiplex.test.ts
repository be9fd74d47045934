// Frames of stdout and stderr, cut anywhere.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDemultiplexer, type OutputStream } from './multiplex';

function frame(stream: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

test('each stream gets its bytes in order, however the frames are cut', () => {
  const frames = fc.array(fc.record({ stream: fc.constantFrom(1, 2), payload: fc.uint8Array({ maxLength: 40 }) }));
  fc.assert(
    fc.property(frames, fc.infiniteStream(fc.integer({ min: 1, max: 20 })), (list, sizes) => {
      const bytes = Buffer.concat(list.map(({ stream, payload }) => frame(stream, payload)));
      const received: Record<OutputStream, Buffer[]> = { stdout: [], stderr: [] };
      const demultiplexer = createDemultiplexer((stream, payload) => received[stream].push(Buffer.from(payload)));
      for (let at = 0; at < bytes.length; ) {
        const size = sizes.next().value ?? 1;
        demultiplexer.write(bytes.subarray(at, at + size));
        at += size;
      }
      const sent = (wanted: number) =>
        Buffer.concat(list.flatMap(({ stream, payload }) => (stream === wanted ? [payload] : [])));
      expect(Buffer.concat(received.stdout).equals(sent(1))).toBe(true);
      expect(Buffer.concat(received.stderr).equals(sent(2))).toBe(true);
      expect(demultiplexer.complete).toBe(true);
    }),
  );
});

test('a frame that is cut off is not complete', () => {
  const demultiplexer = createDemultiplexer(() => {});
  const bytes = frame(1, Buffer.from('hello'));
  for (const byte of bytes.subarray(0, -1)) {
    demultiplexer.write(Buffer.from([byte]));
    expect(demultiplexer.complete).toBe(false);
  }
  demultiplexer.write(bytes.subarray(-1));
  expect(demultiplexer.complete).toBe(true);
});

test('bytes without frames are refused', () => {
  expect(() => createDemultiplexer(() => {}).write(Buffer.from('plain text'))).toThrow('not framed');
});
