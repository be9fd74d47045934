// One program in a node for a whole load: it says what the node has, then takes in what is sent. Starting a second one would cost as
// much as a small layer's whole way.
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { type Pack, pack } from 'tar-stream';
import type { Engine } from '../engine/engine';
import { execOrThrow } from '../engine/exec';
import type { NodeStore } from './node-store';
import { receiveScript } from './receive';
import { storeFrom, surveyScript } from './survey';

export interface NodeSession {
  readonly node: string;
  /** Name of its own among the node's folders for what comes. */
  readonly id: string;
  /** What the node has. Rejects with what {@link storeFrom} throws, `exec-failed`, `not-found`. */
  readonly store: Promise<NodeStore>;
  /** What the node's program reads once it receives. */
  readonly stream: Pack;
  /**
   * Sends what is written to the stream, until the node has the images under all their names.
   * Throws `exec-failed`, `out-of-disk` and the like with the node's words; what was begun is cleared away by the node itself.
   */
  receive(onReceived: () => void): Promise<void>;
  /** Nothing is to be taken in. Resolves when the program has ended, however it did. */
  leave(): Promise<void>;
}

/** Starts the program; it is killed when `signal` ends, and ends by itself when its input does. */
export function openNode(engine: Engine, node: string, signal: AbortSignal): NodeSession {
  const id = randomUUID();
  const stream = pack();
  let decide: (what: 'load' | 'nothing') => void = () => {};
  const decision = new Promise<string>((resolve) => {
    decide = resolve;
  });
  const said: string[] = [];
  let heard: (survey: string) => void = () => {};
  let received = () => {};
  const input = async function* (): AsyncGenerator<string | Buffer, void, void> {
    const what = await decision;
    yield `${what}\n`;
    if (what === 'load') yield* stream as unknown as AsyncIterable<Buffer>;
  };
  const stdin = Readable.from(input(), { objectMode: false });
  function hear(line: string): void {
    if (line === 'received') received();
    if (said.at(-1) === 'end') return;
    said.push(line);
    if (line === 'end') heard(said.join('\n'));
  }
  const command = ['sh', '-c', `${surveyScript}\n${receiveScript}`, 'boathouse-receive', id];
  const onLine = (line: string, from: 'stdout' | 'stderr') => from === 'stdout' && hear(line);
  const ended = execOrThrow(engine, node, command, { signal, stdin, onLine }).finally(() => {
    stdin.destroy();
    stream.destroy();
  });
  const store = new Promise<string>((resolve, reject) => {
    heard = resolve;
    ended.then(({ stdout }) => resolve(stdout), reject);
  }).then((survey) => storeFrom(survey, node));
  store.catch(() => {});
  return {
    node,
    id,
    store,
    stream,
    async receive(onReceived) {
      received = onReceived;
      decide('load');
      await ended;
    },
    async leave() {
      decide('nothing');
      await ended.catch(() => {});
    },
  };
}
