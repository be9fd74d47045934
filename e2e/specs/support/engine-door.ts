// A door to the real engine: a socket that can be shut and opened again, and that can show some of the clusters only.
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { json } from 'node:stream/consumers';
import { testSocket } from './engine';

export interface EngineDoor {
  /** For `DOCKER_HOST`. */
  readonly host: string;
  open(): Promise<void>;
  /** Ends every connection, as an engine does that stops. */
  shut(): Promise<void>;
}

/** Which clusters are seen through the door. */
type Shows = (cluster: string) => boolean;

/** A door that is shut, at the path of a socket that is not there yet. */
export function engineDoor(socketFile: string, shows: Shows = () => true): EngineDoor {
  const upgraded = new Set<Socket>();
  const server = createServer((asked, answer) => pass(asked, answer, shows));
  server.on('upgrade', (asked: IncomingMessage, inside: Socket, head: Buffer) => {
    const outside = connect({ path: testSocket, allowHalfOpen: true });
    for (const socket of [inside, outside]) {
      upgraded.add(socket);
      socket.on('close', () => upgraded.delete(socket));
    }
    inside.on('error', () => outside.destroy());
    outside.on('error', () => inside.destroy());
    outside.write(`${headOf(asked)}\r\n\r\n`);
    outside.write(head);
    inside.pipe(outside).pipe(inside);
  });
  return {
    host: `unix://${socketFile}`,
    async open() {
      server.listen(socketFile);
      await once(server, 'listening');
    },
    async shut() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
      await closed;
      await rm(socketFile, { force: true });
    },
  };
}

function pass(asked: IncomingMessage, answer: ServerResponse, shows: Shows): void {
  const { method, url = '/', headers } = asked;
  const outside = request({ socketPath: testSocket, method, path: url, headers }, (given) => {
    if (lists.test(url)) return void passListed(given, answer, shows);
    answer.writeHead(given.statusCode ?? 502, given.headers);
    answer.flushHeaders();
    given.pipe(answer);
    given.on('error', () => answer.destroy());
  });
  outside.on('error', () => answer.destroy());
  answer.on('close', () => outside.destroy());
  asked.pipe(outside);
}

/** Networks are hidden with their clusters: one whose containers are not to be seen would be taken for left behind. */
const lists = /\/(containers\/json|networks)(\?|$)/;

interface Listed {
  Labels: Record<string, string> | null;
}

function clusterOf({ Labels }: Listed): string {
  return Labels?.['io.x-k8s.kind.cluster'] ?? Labels?.['dev.boathouse.cluster'] ?? '';
}

async function passListed(given: IncomingMessage, answer: ServerResponse, shows: Shows): Promise<void> {
  const listed = (await json(given)) as Listed[] | object;
  const shown = Array.isArray(listed) ? (listed as Listed[]).filter((one) => shows(clusterOf(one))) : listed;
  answer.writeHead(given.statusCode ?? 502, { 'Content-Type': 'application/json' });
  answer.end(JSON.stringify(shown));
}

/** A request's first line and headers as they came. */
function headOf({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2)
    lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  return lines.join('\r\n');
}
