// A connection to a port of a pod through the API server (port forwarding), as a stream of Node: it works wherever the API does.
import { Duplex } from 'node:stream';
import type WebSocket from 'ws';
import { AppError } from '../../../shared/model/errors';
import { Refusal, type Way } from './request';
import { openSocket } from './socket';

export interface PodPort {
  namespace: string;
  pod: string;
  port: number;
}

/** Bytes that may wait to be sent before the writer is asked to wait as well. */
const sendBuffer = 1024 * 1024;

/**
 * Opens it. Throws `kubernetes-refused` when the API server does not let one through, and the signal's reason.
 * Kubernetes' oldest protocol for it, which every version since 1.6 speaks: a message begins with a byte that says which stream it is of
 * (0 the data, 1 what went wrong), and the first message of each stream has the port in it and nothing else.
 */
export async function dialPod(config: Way, at: PodPort, signal: AbortSignal): Promise<ForwardedStream> {
  const [namespace, pod] = [at.namespace, at.pod].map(encodeURIComponent);
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/portforward?ports=${at.port}`;
  const socket = await openSocket(config, path, ['v4.channel.k8s.io'], signal).catch((error: unknown) => {
    throw error instanceof Refusal ? notForwarded(at, error.message) : error;
  });
  const stream = new ForwardedStream(socket, at);
  socket.resume();
  return stream;
}

function notForwarded({ namespace, pod, port }: PodPort, reason: string): AppError {
  const path = `${namespace}/${pod}:${port}`;
  return new AppError('kubernetes-refused', `Kubernetes does not forward to ${path}: ${reason}`, {
    params: { path, reason },
  });
}

/** Behaves as far like a socket as Node's HTTP needs. */
export class ForwardedStream extends Duplex {
  readonly #socket: WebSocket;
  /** Streams whose first message, the port, has come. */
  readonly #begun = new Set<number>();

  constructor(socket: WebSocket, at: PodPort) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#take(data, at));
    socket.on('close', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
  }

  #take(data: Buffer, at: PodPort): void {
    const [stream = 0] = data;
    const content = data.subarray(1);
    if (!this.#begun.has(stream)) {
      this.#begun.add(stream);
      return;
    }
    if (stream === 1) this.destroy(notForwarded(at, content.toString('utf8').trim()));
    else if (content.length > 0 && !this.push(content)) this.#socket.pause();
  }

  override _read(): void {
    if (this.#socket.isPaused) this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    const sent = (error?: Error | null) => done(error ?? null);
    const message = Buffer.concat([Buffer.of(0), chunk]);
    if (this.#socket.bufferedAmount < sendBuffer) {
      this.#socket.send(message, (error) => error && this.destroy(error));
      sent();
    } else this.#socket.send(message, sent);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.close();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.terminate();
    done(error);
  }

  // What Node's HTTP agent does to the sockets that it keeps.
  setKeepAlive(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
