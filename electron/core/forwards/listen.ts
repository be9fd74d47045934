// A port of 127.0.0.1 that connections come in by: the one that is wanted, the same number as in the cluster, or any.
import { createServer, type Server, type Socket } from 'node:net';
import { AppError } from '../../../shared/model/errors';
import type { WantedForward } from '../../../shared/model/forwards';

const loopback = '127.0.0.1';
/** Below it a program needs rights that nobody should need for a look. */
const firstAllowed = 1024;

/**
 * @param same a number that is nice to have
 * @throws AppError `port-taken` for a wanted port, with a free one proposed
 */
export async function listenFor(
  wanted: Omit<WantedForward, 'keep'> & { keep?: boolean },
  same: number | undefined,
  onConnection: (socket: Socket) => void,
): Promise<Server> {
  const { localPort } = wanted;
  // Half-open: who has said all may still be answered.
  const serve = () => createServer({ allowHalfOpen: true, noDelay: true }, onConnection);
  if (localPort === undefined) {
    const first =
      same !== undefined && same >= firstAllowed ? await listening(serve(), same).catch(() => undefined) : undefined;
    return first ?? listening(serve(), 0);
  }
  try {
    return await listening(serve(), localPort);
  } catch (error) {
    throw await notFree(wanted, localPort, (error as NodeJS.ErrnoException).code);
  }
}

function listening(server: Server, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

async function notFree(wanted: object, port: number, code: string | undefined): Promise<AppError> {
  const probe = await listening(createServer(), 0);
  const free = portOf(probe);
  await new Promise((resolve) => probe.close(resolve));
  const forbidden = code === 'EACCES';
  return new AppError('port-taken', `Port ${port} ${forbidden ? 'needs more rights' : 'is in use'}`, {
    params: { port, who: 'another program' },
    hints: [{ text: `Use port ${free}`, action: { call: 'forwards.open', input: { ...wanted, localPort: free } } }],
  });
}

export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
