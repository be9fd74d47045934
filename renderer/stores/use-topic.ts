// Follows a topic of the core for as long as a component shows it.
import { useEffect, useRef, useState } from 'react';
import type { Client } from '../../shared/contract';
import { useBoathouse } from './app-context';
import { follow } from './follow';

/** Each message takes the place of the one before. */
const last = <Message>(_before: unknown, message: Message) => message;

/**
 * The last message of a topic about `subject`, or what `fold` makes of it and what was before; nothing while there is no subject. Of another subject nothing is known at first; across
 * a lost connection the last message stays.
 */
export function useTopic<Message, Value = Message>(
  subject: string | undefined,
  subscribe: (client: Client, subject: string, signal: AbortSignal) => Promise<AsyncIterable<Message>>,
  fold: (before: Value | undefined, message: Message) => Value = last as never,
): Value | undefined {
  const { client, status } = useBoathouse().connection;
  const [heard, setHeard] = useState<{ subject: string; value: Value }>();
  const open = useRef(subscribe);
  open.current = subscribe;
  const folding = useRef(fold);
  folding.current = fold;

  useEffect(() => {
    if (subject === undefined) return setHeard(undefined);
    const stop = new AbortController();
    const take = (message: Message) => {
      if (stop.signal.aborted) return;
      setHeard((before) => {
        const value = folding.current(before?.subject === subject ? before.value : undefined, message);
        return { subject, value };
      });
    };
    void follow(status, (signal) => open.current(client, subject, signal), take, stop.signal);
    return () => stop.abort();
  }, [client, status, subject]);

  return heard?.subject === subject ? heard?.value : undefined;
}
