// A long list of the core that is fetched page by page.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorData } from '../../../shared/model/errors';
import { errorDataOf } from '../../app/error-data';

type Ask<Item> = (
  after: { after?: string },
  signal: AbortSignal,
) => Promise<{ items: Item[]; next?: string | undefined }>;

export interface Pages<Item> {
  /** Undefined until the first page has come. */
  items: Item[] | undefined;
  error: ErrorData | undefined;
  /** Fetches the next page; absent when there is none. */
  more: (() => void) | undefined;
  /** Begins anew, with what was seen still shown. */
  reload(): void;
}

/** `key`: what the list is of; another one begins anew. */
export function usePages<Item>(key: string, ask: Ask<Item>): Pages<Item> {
  const [state, setState] = useState<{ items?: Item[]; next?: string | undefined; error?: ErrorData }>({});
  const latest = useRef(ask);
  latest.current = ask;
  const round = useRef(new AbortController());

  const load = useCallback(async (seen: Item[], after: { after?: string }) => {
    const { signal } = round.current;
    try {
      const { items, next } = await latest.current(after, signal);
      if (!signal.aborted) setState({ items: [...seen, ...items], next });
    } catch (error) {
      if (!signal.aborted) setState((before) => ({ ...before, error: errorDataOf(error) }));
    }
  }, []);

  const reload = useCallback(() => {
    round.current.abort();
    round.current = new AbortController();
    void load([], {});
  }, [load]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins anew
  useEffect(() => {
    reload();
    return () => round.current.abort();
  }, [key, reload]);

  const { items, next, error } = state;
  return {
    items,
    error,
    more: next !== undefined && items ? () => void load(items, { after: next }) : undefined,
    reload,
  };
}
