// Follows a topic of the core for as long as a component shows it.
import { useEffect, useRef, useState } from 'react';
import type { Client } from '../../shared/contract';
import type { ErrorData } from '../../shared/model/errors';
import { errorDataOf } from '../app/error-data';
import { useBoathouse } from './app-context';
import { follow } from './follow';

/** Each message takes the place of the one before. */
const last = <Message>(_before: unknown, message: Message) => message;

type Subscribe<Message> = (client: Client, subject: string, signal: AbortSignal) => Promise<AsyncIterable<Message>>;

/**
 * The last message of a topic about `subject`, or what `fold` makes of it and what was before; nothing while there is no subject. Of another subject nothing is known at first; across
 * a lost connection the last message stays.
 */
export function useTopic<Message, Value = Message>(
  subject: string | undefined,
  subscribe: Subscribe<Message>,
  fold: (before: Value | undefined, message: Message) => Value = last as never,
): Value | undefined {
  return useTopicState(subject, subscribe, fold).value;
}

interface TopicState<Value> {
  value?: Value;
  /** Why there is nothing newer: what the core says, until it says something else. It is asked again. */
  error?: ErrorData;
}

/** As {@link useTopic}, with why it broke. A channel that is lost is told of elsewhere. */
export function useTopicState<Message, Value = Message>(
  subject: string | undefined,
  subscribe: Subscribe<Message>,
  fold: (before: Value | undefined, message: Message) => Value = last as never,
): TopicState<Value> {
  const { client, status } = useBoathouse().connection;
  const [heard, setHeard] = useState<{ subject: string; state: TopicState<Value> }>();
  const open = useRef(subscribe);
  open.current = subscribe;
  const folding = useRef(fold);
  folding.current = fold;

  useEffect(() => {
    if (subject === undefined) return setHeard(undefined);
    const stop = new AbortController();
    const change = (next: (before: TopicState<Value>) => TopicState<Value>) => {
      if (stop.signal.aborted) return;
      setHeard((before) => ({ subject, state: next(before?.subject === subject ? before.state : {}) }));
    };
    const take = (message: Message) => change(({ value }) => ({ value: folding.current(value, message) }));
    const broken = (reason: unknown) => {
      const error = errorDataOf(reason);
      if (error.code !== 'disconnected') change((before) => ({ ...before, error }));
    };
    void follow(status, (signal) => open.current(client, subject, signal), take, stop.signal, broken);
    return () => stop.abort();
  }, [client, status, subject]);

  return heard?.subject === subject ? (heard?.state ?? {}) : {};
}
