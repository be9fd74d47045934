// What BuildKit tells of a build: its `StatusResponse` in protobuf's wire format, as far as a loop shows it. Pure.

export interface Vertex {
  readonly digest: string;
  /** `[build 2/5] COPY go.mod ./`. */
  readonly name: string;
  readonly cached: boolean;
  readonly started: boolean;
  readonly completed: boolean;
  readonly error: string;
}

export interface Output {
  /** Digest of the vertex that said it. */
  readonly vertex: string;
  readonly text: string;
}

type Field = readonly [number: number, value: number | Buffer];

/** Throws a `RangeError` for what is cut off. moby/buildkit api/services/control: `StatusResponse`. */
export function decodeStatus(message: Buffer): { vertexes: Vertex[]; logs: Output[] } {
  const vertexes: Vertex[] = [];
  const logs: Output[] = [];
  for (const [number, value] of fieldsOf(message)) {
    if (!Buffer.isBuffer(value)) continue;
    if (number === 1) vertexes.push(vertexOf(value));
    else if (number === 3) logs.push(outputOf(value));
  }
  return { vertexes, logs };
}

function vertexOf(message: Buffer): Vertex {
  const fields = new Map(fieldsOf(message));
  const text = (number: number) => textOf(fields.get(number));
  return {
    digest: text(1),
    name: text(3),
    cached: fields.get(4) === 1,
    started: fields.has(5),
    completed: fields.has(6),
    error: text(7),
  };
}

function outputOf(message: Buffer): Output {
  const fields = new Map(fieldsOf(message));
  return { vertex: textOf(fields.get(1)), text: textOf(fields.get(4)) };
}

function textOf(value: number | Buffer | undefined): string {
  return Buffer.isBuffer(value) ? value.toString('utf8') : '';
}

function* fieldsOf(message: Buffer): Generator<Field, void, void> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message.readUInt8(at);
      at += 1;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    const kind = key % 8;
    if (kind === 0) yield [number, varint()];
    else if (kind === 2) {
      const size = varint();
      if (at + size > message.length) throw new RangeError('A message of BuildKit is cut off');
      yield [number, message.subarray(at, at + size)];
      at += size;
    } else at += kind === 1 ? 8 : 4;
  }
}
