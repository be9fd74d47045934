// Objects of a kind as the core tells of them, live, for as long as a component shows them.
import { useEffect, useState } from 'react';
import type { ErrorData } from '../../../shared/model/errors';
import { applyFeed, emptyFeed } from '../../../shared/model/feed';
import type { Column, KindRef, ObjectRow, RowsMessage } from '../../../shared/model/objects';
import { useBoathouse } from '../../stores/app-context';
import { follow } from '../../stores/follow';

export interface Rows {
  columns: readonly Column[];
  items: ReadonlyMap<string, ObjectRow>;
  state: 'listing' | 'live' | 'lost';
  error?: ErrorData;
}

export interface RowsSubject {
  context: string;
  kind: KindRef;
  namespaces: string[];
  labels?: string;
}

const nothing: Rows = { columns: [], items: new Map(), state: 'listing' };

/** Nothing is asked while there is no subject; of another subject nothing is known at first. */
export function useRows(subject: RowsSubject | undefined): Rows {
  const { client, status } = useBoathouse().connection;
  const [heard, setHeard] = useState<{ of: string; rows: Rows }>();
  const key = subject && JSON.stringify(subject);

  useEffect(() => {
    if (key === undefined) return;
    const stop = new AbortController();
    let rows = nothing;
    let feed = emptyFeed<ObjectRow>();
    const take = (message: RowsMessage) => {
      if (stop.signal.aborted) return;
      if (message.type === 'columns') rows = { ...rows, columns: message.columns };
      else if (message.type === 'state') {
        const { error: _, ...before } = rows;
        rows = { ...before, state: message.state, ...(message.error && { error: message.error }) };
      } else {
        feed = applyFeed(feed, message, (row) => row.key);
        rows = { ...rows, items: feed.items };
      }
      setHeard({ of: key, rows });
    };
    void follow(status, (signal) => client.objects.rows(JSON.parse(key), { signal }), take, stop.signal);
    return () => stop.abort();
  }, [client, status, key]);

  return heard && heard.of === key ? heard.rows : nothing;
}
