// Objects of a kind as rows, live: of all namespaces or of some, each followed by itself, told as one list.
import type { AppError } from '../../../shared/model/errors';
import type { Feed } from '../../../shared/model/feed';
import type { KindRef, ObjectRow, RowsMessage } from '../../../shared/model/objects';
import { createLiveFeed } from '../live/feed';
import { createLiveValue } from '../live/value';
import { type Connect, followTable } from './follow-table';
import { listPath } from './kinds';

export interface WantedRows {
  kind: KindRef;
  /** None: of all. */
  namespaces: readonly string[];
  labels?: string | undefined;
}

/** Milliseconds: rows are gathered for 50, and `live` is said after the last of them. */
const afterRows = 60;

type State = Extract<RowsMessage, { type: 'state' }>;
type Part = { state: State['state']; error?: AppError };

/** Rows come in messages of 50 ms; columns and states between them. */
export async function* watchRows(
  connect: Connect,
  { kind, namespaces, labels }: WantedRows,
  signal: AbortSignal,
): AsyncGenerator<RowsMessage, void, void> {
  const left = new AbortController();
  const until = AbortSignal.any([signal, left.signal]);
  const feed = createLiveFeed<ObjectRow>(({ key }) => key);
  const columns = createLiveValue<RowsMessage | undefined>(undefined);
  const paths = namespaces.length === 0 ? [listPath(kind)] : namespaces.map((namespace) => listPath(kind, namespace));
  const parts = new Map<string, Part>(paths.map((path) => [path, { state: 'listing' }]));
  const state = createLiveValue<State>({ type: 'state', state: 'listing' });
  const publish = () => {
    const next = wholeState([...parts.values()]);
    if (JSON.stringify(next) !== JSON.stringify(state.get())) state.set(next);
  };
  for (const path of paths) {
    const selected = labels ? `${path}?labelSelector=${encodeURIComponent(labels)}` : path;
    const ear = {
      columns: (all: Parameters<Parameters<typeof followTable>[2]['columns']>[0]) =>
        columns.set({ type: 'columns', columns: all }),
      upsert: feed.upsert,
      remove: feed.remove,
      state(now: Part['state'], error?: AppError) {
        parts.set(path, { state: now, ...(error && { error }) });
        setTimeout(publish, afterRows);
      },
    };
    void followTable(connect, selected, ear, until);
  }
  try {
    yield* merge<RowsMessage>([
      columns.watch(until),
      feed.watch(until) as AsyncGenerator<Feed<ObjectRow>>,
      state.watch(until),
    ]);
  } finally {
    left.abort();
  }
}

/** What is worst of the parts. */
export function wholeState(parts: readonly Part[]): State {
  const lost = parts.find(({ state }) => state === 'lost');
  if (lost) return { type: 'state', state: 'lost', ...(lost.error && { error: lost.error.toData() }) };
  return { type: 'state', state: parts.every(({ state }) => state === 'live') ? 'live' : 'listing' };
}

/** What any of them yields, as it comes; each is asked for its next when the last was taken. */
async function* merge<Item>(sources: AsyncGenerator<Item | undefined>[]): AsyncGenerator<Item, void, void> {
  const next = (at: number) => sources[at]?.next().then((result) => ({ at, result }));
  const pending = new Map(sources.map((_, at) => [at, next(at)]));
  while (pending.size > 0) {
    const winner = await Promise.race(pending.values());
    if (!winner) return;
    const { at, result } = winner;
    if (result.done) {
      pending.delete(at);
      continue;
    }
    pending.set(at, next(at));
    if (result.value !== undefined) yield result.value;
  }
}
