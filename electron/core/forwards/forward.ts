// One forward: its port stays open while pods come and go; each connection goes to the pod that is ready then.
import { setMaxListeners } from 'node:events';
import type { Server, Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { KubernetesObject, V1Pod } from '@kubernetes/client-node';
import { AppError, asAppError } from '../../../shared/model/errors';
import type { Forward, ForwardPort, WantedForward } from '../../../shared/model/forwards';
import { targetText } from '../../../shared/model/pod-target';
import type { Kube } from '../kube/connect';
import { podsOf, readTarget } from '../kube/pods-of';
import { dialPod } from '../kube/port-forward';
import { pause } from '../live/pause';
import { createWakeUp, whenAborted } from '../live/signal';
import { chosenPort, podToUse, portOn, whyNone } from './backend';
import { listenFor, portOf } from './listen';

/** What connects, and connects anew when what it signed in with has come to an end. */
export type Connect = (context: string, signal: AbortSignal) => Promise<Kube>;

/** Milliseconds that a connection waits for a pod that takes it: a restart's worth. */
const patience = 20_000;
/** Milliseconds for the rest of an answer when the asker has said all. */
const afterEnd = 30_000;
const firstRetry = 500;
const longestRetry = 15_000;

export interface LiveForward {
  get(): Forward;
  keep(keep: boolean): void;
  /** Closes the port and every connection. */
  close(): Promise<void>;
}

/**
 * Resolves when the port is open. Throws `not-found`, `bad-input`, `port-taken`, `not-possible`, `kubernetes-refused`; afterwards nothing
 * is thrown: what goes wrong is its state, and it is tried again.
 */
export async function openForward(
  id: string,
  wanted: WantedForward,
  { connect, changed }: { connect: Connect; changed: (now: Forward) => void },
  signal: AbortSignal,
): Promise<LiveForward> {
  const kube = await connect(wanted.context, signal);
  const object = await readTarget(kube, wanted.target, signal);
  const stop = new AbortController();
  // Every connection listens to it.
  setMaxListeners(0, stop.signal);
  const watch = podsOf(kube, wanted.target, stop.signal);
  let server: Server | undefined;
  try {
    const { value: pods } = await watch.next();
    const port = chosenPort(object, pods ?? [], wanted.target, wanted.port);
    const forward = new Forwarding(id, wanted, port, { kube, object, pods: pods ?? [] }, { connect, changed }, stop);
    const same = typeof port === 'number' ? port : undefined;
    server = await listenFor(wanted, same, (socket) => void forward.serve(socket));
    signal.throwIfAborted();
    forward.begin(server, watch);
    return forward;
  } catch (error) {
    server?.close();
    stop.abort();
    await watch.return().catch(() => {});
    throw error;
  }
}

class Forwarding implements LiveForward {
  readonly #wanted: WantedForward;
  readonly #around: { connect: Connect; changed: (now: Forward) => void };
  readonly #stop: AbortController;
  readonly #sockets = new Set<Socket>();
  #now: Forward;
  #kube: Kube;
  #object: KubernetesObject;
  #pods: V1Pod[];
  #server: Server | undefined;
  #change = createWakeUp();

  constructor(
    id: string,
    wanted: WantedForward,
    port: ForwardPort,
    { kube, object, pods }: { kube: Kube; object: KubernetesObject; pods: V1Pod[] },
    around: { connect: Connect; changed: (now: Forward) => void },
    stop: AbortController,
  ) {
    const { context, target, keep } = wanted;
    this.#wanted = wanted;
    this.#around = around;
    this.#stop = stop;
    this.#kube = kube;
    this.#object = object;
    this.#pods = pods;
    this.#now = { id, context, target, port, localPort: 0, keep, state: 'waiting', connections: 0 };
  }

  get(): Forward {
    return this.#now;
  }

  keep(keep: boolean): void {
    this.#say({ keep });
  }

  begin(server: Server, watch: AsyncGenerator<V1Pod[], void, void>): void {
    this.#server = server;
    this.#now = { ...this.#now, localPort: portOf(server) };
    this.#see(this.#pods);
    void this.#follow(watch);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => (this.#server ? this.#server.close(() => resolve()) : resolve()));
  }

  #say(change: Partial<Forward>): void {
    const { error: _, ...before } = this.#now;
    const kept = 'state' in change || !this.#now.error ? {} : { error: this.#now.error };
    this.#now = { ...before, ...kept, ...change };
    this.#around.changed(this.#now);
  }

  /** What its pods are now. */
  #see(pods: V1Pod[]): void {
    this.#pods = pods;
    const pod = podToUse(pods, this.#wanted.target);
    const { pod: _, ...rest } = this.#now;
    this.#now = rest;
    if (pod) this.#say({ state: 'open', pod: pod.metadata?.name ?? '' });
    else this.#say({ state: 'waiting', error: whyNone(pods, this.#wanted.target).toData() });
    const previous = this.#change;
    this.#change = createWakeUp();
    previous.wake();
  }

  async #follow(first: AsyncGenerator<V1Pod[], void, void>): Promise<void> {
    const { signal } = this.#stop;
    let watch: typeof first | undefined = first;
    let failures = 0;
    while (!signal.aborted) {
      try {
        if (!watch) {
          this.#kube = await this.#around.connect(this.#wanted.context, signal);
          this.#object = await readTarget(this.#kube, this.#wanted.target, signal);
          watch = podsOf(this.#kube, this.#wanted.target, signal);
        }
        for await (const pods of watch) {
          failures = 0;
          this.#see(pods);
        }
      } catch (error) {
        if (signal.aborted) return;
        const told = asAppError(error);
        if (told.code === 'not-found') this.#see([]);
        this.#say({ state: told.code === 'not-found' ? 'waiting' : 'lost', error: told.toData() });
      }
      watch = undefined;
      await pause(Math.min(longestRetry, firstRetry * 2 ** failures), signal);
      failures += 1;
    }
  }

  /** Lets one connection through; never rejects. */
  async serve(socket: Socket): Promise<void> {
    socket.on('error', () => {});
    this.#sockets.add(socket);
    this.#say({ connections: this.#sockets.size });
    try {
      const stream = await this.#dial(AbortSignal.any([this.#stop.signal, AbortSignal.timeout(patience)]));
      stream.on('error', () => {});
      socket.once('close', () => stream.destroy());
      // Kubernetes' protocol cannot say that a sender has said all: whoever has gets what is still answered, and no more than that.
      socket.once('end', () => setTimeout(() => socket.destroy(), afterEnd).unref());
      socket.pipe(stream, { end: false });
      await pipeline(stream, socket);
      this.#say({ state: this.#now.state });
    } catch (error) {
      // A pod that ends takes its connections with it: whoever asks again gets the next one.
      const told = asAppError(error);
      if (told.code === 'kubernetes-refused' && !this.#stop.signal.aborted) this.#say({ error: told.toData() });
    } finally {
      socket.destroy();
      this.#sockets.delete(socket);
      this.#say({ connections: this.#sockets.size });
    }
  }

  /** To a pod that is ready, waiting for one; another one where the first is gone and the watch has not told yet. */
  async #dial(signal: AbortSignal) {
    const aborted = whenAborted(signal);
    let failed: unknown;
    while (!signal.aborted) {
      const next = this.#change.promise;
      const pod = podToUse(this.#pods, this.#wanted.target);
      const port = pod && portOn(pod, this.#object, this.#wanted.target, this.#now.port);
      if (pod && port === undefined) {
        throw new AppError('kubernetes-refused', `${pod.metadata?.name} has no port ${this.#now.port}`, {
          params: { path: targetText(this.#wanted.target), reason: `it has no port ${this.#now.port}` },
        });
      }
      if (pod && port !== undefined) {
        const { namespace = '', name = '' } = pod.metadata ?? {};
        try {
          return await dialPod(this.#kube.config, { namespace, pod: name, port }, signal);
        } catch (error) {
          failed = error;
          await Promise.race([next, pause(firstRetry, signal)]);
          continue;
        }
      }
      await Promise.race([next, aborted]);
    }
    throw failed ?? whyNone(this.#pods, this.#wanted.target);
  }
}
