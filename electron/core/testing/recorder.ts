// For tests: an engine seen through a wire that notes what it is asked to create, and passes everything on untouched.
import { createServer, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';

export interface Created {
  /** `containers`, `networks` or `volumes`. */
  kind: string;
  /** The name asked for. */
  name: string;
  body: Record<string, unknown>;
}

export interface Recorder {
  /** Address of an engine for `DOCKER_HOST`. */
  host: string;
  /** What was asked for, in order. */
  created: Created[];
  close(): Promise<void>;
}

/** @param engine `unix:///...`; `directory`: where the recorder's own socket may lie */
export async function recordEngine(engine: string, directory: string): Promise<Recorder> {
  const socketPath = engine.replace(/^unix:\/\//, '');
  const created: Created[] = [];
  const open = new Set<Socket>();
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const forward = (body?: Buffer) => {
      const onward = request({ socketPath, method, path, headers, agent: false }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        outgoing.flushHeaders();
        answer.pipe(outgoing);
      });
      onward.once('error', () => outgoing.destroy());
      outgoing.once('close', () => onward.destroy());
      if (body) onward.end(body);
      else incoming.pipe(onward);
    };
    const kind = method === 'POST' && /\/(containers|networks|volumes)\/create/.exec(path ?? '')?.[1];
    if (!kind) return forward();
    void bodyOf(incoming).then((body) => {
      const parsed = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
      const name = new URL(path ?? '', 'http://engine').searchParams.get('name') ?? String(parsed.Name);
      created.push({ kind, name, body: parsed });
      forward(body);
    });
  });
  // Programs in containers: the connection becomes theirs.
  server.on('upgrade', (incoming, socket, head) => {
    const onward = connect(socketPath);
    const lines = incoming.rawHeaders.flatMap((word, index, all) => (index % 2 ? [] : `${word}: ${all[index + 1]}`));
    onward.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
    socket.on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  // The engine closes no connection that waits for its next question.
  server.keepAliveTimeout = 0;
  const own = join(directory, 'engine.sock');
  await new Promise<void>((resolve) => server.listen(own, resolve));
  return {
    host: `unix://${own}`,
    created,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
