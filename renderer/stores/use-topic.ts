// Follows a topic of the core for as long as a component shows it.
import { useEffect, useRef, useState } from 'react';
import type { Client } from '../../shared/contract';
import { useBoathouse } from './app-context';
import { follow } from './follow';

/**
 * The last message of a topic about `subject`; nothing while there is no subject. Of another subject nothing is known at first; across
 * a lost connection the last message stays.
 */
export function useTopic<Message>(
  subject: string | undefined,
  subscribe: (client: Client, subject: string, signal: AbortSignal) => Promise<AsyncIterable<Message>>,
): Message | undefined {
  const { client, status } = useBoathouse().connection;
  const [heard, setHeard] = useState<{ subject: string; message: Message }>();
  const open = useRef(subscribe);
  open.current = subscribe;

  useEffect(() => {
    if (subject === undefined) return setHeard(undefined);
    const stop = new AbortController();
    const take = (message: Message) => {
      if (!stop.signal.aborted) setHeard({ subject, message });
    };
    void follow(status, (signal) => open.current(client, subject, signal), take, stop.signal);
    return () => stop.abort();
  }, [client, status, subject]);

  return heard?.subject === subject ? heard?.message : undefined;
}
