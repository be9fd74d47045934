// The one connection to the Docker Engine: made at once, watched through the event stream, made again when it breaks.
import type { Agent } from 'node:http';
import type { EngineState } from '../../../shared/model/engine';
import { AppError } from '../../../shared/model/errors';
import { createWakeUp, unlessAborted, whenAborted } from '../live/signal';
import { createLiveValue, type LiveValue } from '../live/value';
import { unreachable } from './connection-failure';
import type { RegistryCredentials } from './credentials';
import type { ResolvedEndpoint } from './endpoint';
import { type Engine, openEngine } from './engine';
import { watchEvents } from './events';
import { cancelled } from './failures';
import { watchSockets } from './socket-watch';

export interface EngineConnection {
  state: LiveValue<EngineState>;
  /**
   * The engine, as soon as it answers. While it is unreachable, it is tried once more now.
   * @throws AppError explained, with a next step: `engine-unreachable`, `engine-unsupported`, `bad-input`; `cancelled`
   */
  engine(signal?: AbortSignal): Promise<Engine>;
  /** Drops the connection and makes it again, with the endpoint resolved anew. Calls that run on the old one go on. */
  reconnect(): void;
  dispose(): Promise<void>;
}

export interface EngineConnectionRequest {
  /** Called before every try: the answer may change while nothing is connected. */
  resolve(): Promise<ResolvedEndpoint>;
  log(line: string): void;
  /** Used by pulls. */
  credentials?: RegistryCredentials;
}

/** Milliseconds: the first delay before a new try, doubled up to the last; and how long one try may take. */
const firstDelay = 500;
const lastDelay = 10_000;
const attemptLimit = 15_000;

export function createEngineConnection(request: EngineConnectionRequest): EngineConnection {
  const state = createLiveValue<EngineState>({ state: 'connecting' });
  const disposed = new AbortController();
  const disposal = whenAborted(disposed.signal);
  let current: Engine | undefined;
  let failure: AppError | undefined;
  /** Ends the attempt or the live connection of now. */
  let dropped = new AbortController();
  /** Ends the pause before the next attempt. */
  let hurry = () => {};
  /** Resolves when the attempt that runs, or comes next, ends well or not. */
  let outcome = createWakeUp();

  function settle(engine: Engine | undefined, error: AppError | undefined): void {
    current = engine;
    failure = error;
    const settled = outcome;
    outcome = createWakeUp();
    settled.wake();
  }

  /** One attempt and, when it succeeds, the life of the connection. Tells what to wait for before the next. */
  async function connectOnce(signal: AbortSignal): Promise<{ connected: boolean; sockets: string[] }> {
    let resolved: ResolvedEndpoint | undefined;
    let connected = false;
    try {
      resolved = await request.resolve();
      const { endpoint } = resolved;
      // After a failure that failure stays in view until there is better news.
      if (!failure) state.set({ state: 'connecting', endpoint });
      const engine = await openEngine(
        endpoint,
        resolved.connection,
        AbortSignal.any([signal, AbortSignal.timeout(attemptLimit)]),
      );
      if (request.credentials) engine.credentials = request.credentials;
      const onOpen = () => {
        connected = true;
        request.log(`docker ${engine.info.version}, API ${engine.info.apiVersion}, at ${endpoint.host}`);
        state.set({ state: 'connected', endpoint, info: engine.info });
        settle(engine, undefined);
      };
      for await (const _event of watchEvents(engine, { types: ['volume'] }, signal, onOpen)) {
        // That the stream lives is what is wanted here.
      }
    } catch (error) {
      if (!signal.aborted) fail(unreachable(error, resolved?.endpoint), resolved);
    } finally {
      retire(resolved?.connection.agent);
    }
    return { connected, sockets: resolved?.sockets ?? [] };
  }

  function fail(error: AppError, resolved: ResolvedEndpoint | undefined): void {
    const changed = failure?.message !== error.message || failure.detail !== error.detail;
    if (changed) {
      request.log(`docker is unreachable: ${error.message}. ${error.detail ?? ''}`);
      state.set({
        state: 'unreachable',
        ...(resolved && { endpoint: resolved.endpoint }),
        error: error.toData(),
      });
    }
    settle(undefined, error);
  }

  async function run(): Promise<void> {
    let delay = firstDelay;
    while (!disposed.signal.aborted) {
      dropped = new AbortController();
      const signal = AbortSignal.any([dropped.signal, disposed.signal]);
      const { connected, sockets } = await connectOnce(signal);
      if (signal.aborted) continue;
      if (connected) delay = firstDelay;
      const hurried = await pause(delay, sockets, signal);
      delay = hurried ? firstDelay : Math.min(delay * 2, lastDelay);
    }
  }

  /** Waits out the delay, or less when an engine may have come or somebody asks for it. True: less. */
  async function pause(delay: number, sockets: readonly string[], signal: AbortSignal): Promise<boolean> {
    const { promise, wake } = createWakeUp();
    let hurried = false;
    hurry = () => {
      hurried = true;
      wake();
    };
    const watcher = watchSockets(sockets, hurry);
    const timer = setTimeout(wake, delay);
    await unlessAborted(promise, signal);
    clearTimeout(timer);
    watcher.close();
    hurry = () => {};
    return hurried;
  }

  const loop = run();

  return {
    state,
    async engine(signal) {
      if (signal?.aborted) throw cancelled(signal);
      if (current) return current;
      const next = Promise.race([outcome.promise, disposal]);
      hurry();
      await untilAborted(next, signal);
      if (signal?.aborted) throw cancelled(signal);
      if (current && !disposed.signal.aborted) return current;
      throw failure ?? new AppError('engine-unreachable', 'The connection to the Docker Engine was closed');
    },
    reconnect() {
      current = undefined;
      failure = undefined;
      state.set({ state: 'connecting' });
      dropped.abort();
    },
    async dispose() {
      current = undefined;
      disposed.abort();
      await loop;
    },
  };
}

/** Waits for the promise or the abort, and leaves no listener on a signal that outlives many such waits. */
function untilAborted(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      signal?.removeEventListener('abort', done);
      resolve();
    };
    signal?.addEventListener('abort', done);
    void promise.then(done);
  });
}

/** Closes what is idle now or will be: requests that still run keep their sockets until they end. */
function retire(agent: Agent | undefined): void {
  if (!agent) return;
  agent.maxFreeSockets = 0;
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}
