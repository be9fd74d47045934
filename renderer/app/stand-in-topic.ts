// A topic without a core: whoever subscribes gets the present message first, then every one that is sent.
import { AsyncIteratorClass } from '@orpc/client';
import type { Feed } from '../../shared/model/feed';

export interface Topic<Message> {
  /** A stream that begins with the present message; ends with the signal or with `end`. */
  open(signal: AbortSignal | undefined): AsyncIteratorClass<Message, void, void>;
  send(message: Message): void;
  /** Ends every open stream, as a lost channel does. */
  end(): void;
}

export function createTopic<Message>(present: () => Message | undefined): Topic<Message> {
  const streams = new Set<Stream<Message>>();
  return {
    open(signal) {
      const first = present();
      const stream = createStream<Message>(first === undefined ? [] : [first], () => streams.delete(stream));
      streams.add(stream);
      signal?.addEventListener('abort', stream.end);
      return stream.iterator;
    },
    send(message) {
      for (const stream of streams) stream.push(message);
    },
    end() {
      for (const stream of streams) stream.end();
    },
  };
}

interface Stream<Message> {
  iterator: AsyncIteratorClass<Message, void, void>;
  push(message: Message): void;
  end(): void;
}

function createStream<Message>(queue: Message[], ended: () => void): Stream<Message> {
  let over = false;
  let wake = () => {};
  async function next(): Promise<IteratorResult<Message, void>> {
    while (queue.length === 0 && !over) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const message = queue.shift();
    return message === undefined ? { done: true, value: undefined } : { done: false, value: message };
  }
  function end() {
    over = true;
    ended();
    wake();
  }
  return {
    iterator: new AsyncIteratorClass(next, async () => end()),
    push(message) {
      queue.push(message);
      wake();
    },
    end,
  };
}

/** A list that is told whole to whoever comes, and then change by change. */
export function keyedTopic<Item>(items: Map<string, Item>, heard: () => boolean) {
  let revision = 0;
  const topic = createTopic<Feed<Item>>(() =>
    heard() ? { type: 'snapshot', revision, items: [...items.values()] } : undefined,
  );
  return {
    ...topic,
    items,
    put(key: string, item: Item) {
      items.set(key, item);
      revision += 1;
      topic.send({ type: 'patch', revision, upserts: [item], removes: [] });
    },
    drop(key: string) {
      items.delete(key);
      revision += 1;
      topic.send({ type: 'patch', revision, upserts: [], removes: [key] });
    },
  };
}

/** Topics that are each about one thing, made when first asked for. */
export function named<Message>(present: (name: string) => Message | undefined) {
  const topics = new Map<string, ReturnType<typeof createTopic<Message>>>();
  return {
    topics,
    of(name: string) {
      const topic = topics.get(name) ?? createTopic<Message>(() => present(name));
      topics.set(name, topic);
      return topic;
    },
  };
}
