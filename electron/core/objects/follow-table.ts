// Follows one list of objects as rows of a table: read in chunks, then by watch; taken up where it ended, read anew where that is too old.

import { createInterface } from 'node:readline';
import { text as readText } from 'node:stream/consumers';
import { AppError, asAppError } from '../../../shared/model/errors';
import type { Column, ObjectRow } from '../../../shared/model/objects';
import type { Kube } from '../kube/connect';
import { openRequest } from '../kube/request';
import { pause } from '../live/pause';
import { type Answer, columnsIn, rowsIn, tableAccept, versionIn } from './table';

/** Rows that are asked for at once: the first, which fill a screen, are there before the last are read. */
const firstChunk = 100;
const chunk = 500;
/** Milliseconds before a cluster that went away is asked again: longer each time. */
const firstRetry = 500;
const longestRetry = 15_000;
const keepAlive = 30_000;
const usualPatience = 30_000;

/** Who hears of it. */
export interface Ear {
  columns(columns: Column[]): void;
  upsert(row: ObjectRow): void;
  remove(key: string): void;
  state(state: 'listing' | 'live' | 'lost', error?: AppError): void;
}

/** What connects, and connects anew when what it signed in with has come to an end. */
export type Connect = (signal: AbortSignal) => Promise<Kube>;

class TooOld extends Error {}

/**
 * Until aborted; never rejects. `path`: of the list, with its label selector.
 * @param patience milliseconds for a piece of the list; what takes longer is told, and asked again
 */
export async function followTable(
  connect: Connect,
  path: string,
  ear: Ear,
  signal: AbortSignal,
  patience = usualPatience,
): Promise<void> {
  const list = new Followed(path, ear, signal, patience);
  let failures = 0;
  while (!signal.aborted) {
    try {
      const kube = await connect(signal);
      if (list.version === undefined) await list.read(kube);
      ear.state('live');
      while (!signal.aborted) {
        // One that ends without a word is not asked again at once.
        if (!(await list.watch(kube))) await pause(firstRetry, signal);
        failures = 0;
      }
    } catch (error) {
      if (signal.aborted) return;
      list.forget(error instanceof TooOld);
      if (error instanceof TooOld) continue;
      ear.state('lost', asAppError(error));
      await pause(Math.min(longestRetry, firstRetry * 2 ** failures), signal);
      failures += 1;
    }
  }
}

class Followed {
  /** Where the watch goes on; undefined before the list was read whole. */
  version: string | undefined;
  readonly #path: string;
  readonly #ear: Ear;
  readonly #signal: AbortSignal;
  readonly #patience: number;
  #columns: Column[] = [];
  #keys = new Set<string>();

  constructor(path: string, ear: Ear, signal: AbortSignal, patience: number) {
    this.#patience = patience;
    this.#path = path;
    this.#ear = ear;
    this.#signal = signal;
  }

  /** A list whose watch is too old is read anew. */
  forget(old: boolean): void {
    if (old) this.version = undefined;
  }

  /** Rows come as they are read; what is no longer there goes when all are. */
  async read(kube: Kube): Promise<void> {
    this.#ear.state('listing');
    const seen = new Set<string>();
    let version: string | undefined;
    let next = '';
    do {
      const answer = await this.#ask(
        kube,
        next === '' ? `limit=${firstChunk}` : `limit=${chunk}&continue=${encodeURIComponent(next)}`,
      );
      this.#hear(answer, seen);
      version = answer.metadata?.resourceVersion;
      next = answer.metadata?.continue ?? '';
    } while (next !== '');
    for (const key of this.#keys) if (!seen.has(key)) this.#ear.remove(key);
    this.#keys = seen;
    this.version = version ?? '';
  }

  /** Until the server ends it, as it does every few minutes. Resolves with whether anything was heard. */
  async watch(kube: Kube): Promise<boolean> {
    const query = `watch=1&allowWatchBookmarks=true&resourceVersion=${encodeURIComponent(this.version ?? '')}`;
    const response = await this.#open(kube, query);
    let heard = false;
    // A computer that has slept is not told that its connections are gone.
    response.socket.setKeepAlive(true, keepAlive);
    try {
      for await (const line of createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY })) {
        heard = true;
        if (line !== '') this.#event(parsed(line, this.#path) as { type: string; object: Answer });
      }
    } finally {
      response.destroy();
    }
    return heard;
  }

  #event({ type, object }: { type: string; object: Answer }): void {
    if (type === 'ERROR') {
      if (object.code === 410) throw new TooOld();
      throw refused(this.#path, object.message ?? `HTTP ${object.code}`);
    }
    this.version = versionIn(object) ?? this.version;
    if (type === 'BOOKMARK') return;
    if (type !== 'DELETED') this.#hear(object, this.#keys);
    else for (const { key } of rowsIn(object, this.#columns)) this.#drop(key);
  }

  #drop(key: string): void {
    this.#keys.delete(key);
    this.#ear.remove(key);
  }

  #hear(answer: Answer, keys: Set<string>): void {
    const columns = columnsIn(answer);
    if (columns && JSON.stringify(columns) !== JSON.stringify(this.#columns)) {
      this.#columns = columns;
      this.#ear.columns(columns);
    }
    for (const row of rowsIn(answer, this.#columns)) {
      keys.add(row.key);
      this.#ear.upsert(row);
    }
  }

  async #ask(kube: Kube, query: string): Promise<Answer> {
    const late = AbortSignal.timeout(this.#patience);
    try {
      const response = await this.#open(kube, query, AbortSignal.any([this.#signal, late]));
      return parsed(await readText(response), this.#path) as Answer;
    } catch (error) {
      this.#signal.throwIfAborted();
      if (!late.aborted) throw error;
      throw refused(this.#path, `it has not answered for ${Math.round(this.#patience / 1000)} s`);
    }
  }

  async #open(kube: Kube, query: string, signal = this.#signal) {
    const path = `${this.#path}${this.#path.includes('?') ? '&' : '?'}${query}`;
    try {
      return await openRequest(kube.config, path, signal, tableAccept);
    } catch (error) {
      // A chunk or a watch that has waited for too long.
      if (error instanceof AppError && error.params?.status === 410) throw new TooOld();
      throw error;
    }
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused(path, 'what answers is not Kubernetes');
  }
}

function refused(path: string, reason: string): AppError {
  return new AppError('kubernetes-refused', `Kubernetes did not answer ${path}: ${reason}`, {
    params: { path, reason },
  });
}
