// What is recorded of one context: events as they come, pods whose end was heard of. It outlives the connection, and holds only so much.
import type { V1Pod } from '@kubernetes/client-node';
import type { Column, ObjectRow } from '../../../shared/model/objects';
import type { RecordedDetail, RecordedEvent, RecordedPod } from '../../../shared/model/recorder';
import type { Kube } from '../kube/connect';
import { createTurns } from '../kubeconfig/turns';
import { createLiveFeed, type LiveFeed } from '../live/feed';
import { type Connect, type Ear, followTable } from '../objects/follow-table';
import { listPath } from '../objects/kinds';
import { eventOf } from './events';
import { type LastWords, lastWords } from './last-words';

/** Of each context; the oldest go. */
const mostPods = 200;
const mostEvents = 5_000;
/** Pods that are listened to at the same time. */
const atOnce = createTurns(20);

export interface Tape {
  readonly pods: LiveFeed<RecordedPod>;
  /** Undefined for one that is not kept (any more). */
  detail(key: string): (RecordedDetail & { spec: V1Pod | undefined }) | undefined;
  /** The oldest first. */
  events(): RecordedEvent[];
  /** Until aborted; never rejects. */
  record(connect: Connect, signal: AbortSignal): Promise<void>;
}

export function createTape(now: () => number = Date.now): Tape {
  const pods = createLiveFeed<RecordedPod>(({ key }) => key);
  const words = new Map<string, LastWords>();
  const events = new Map<string, RecordedEvent>();
  /** Those that are there and ending, by `namespace/name`, and the key they are kept under. */
  const ending = new Map<string, string>();
  let count = 0;

  function keep(row: Pick<ObjectRow, 'namespace' | 'name'>, state: RecordedPod['state']): RecordedPod {
    count += 1;
    const { namespace = '', name } = row;
    const pod: RecordedPod = {
      key: `${namespace}/${name}#${count}`,
      namespace,
      name,
      at: now(),
      state,
      containers: [],
    };
    pods.upsert(pod);
    const all = pods.items();
    for (const { key } of all.slice(0, Math.max(0, all.length - mostPods))) {
      pods.remove(key);
      words.delete(key);
    }
    return pod;
  }

  async function listen(kube: Kube, pod: RecordedPod, signal: AbortSignal): Promise<void> {
    const tell = (state: RecordedPod['state']) => {
      if (!pods.get(pod.key)) return;
      const logs = words.get(pod.key)?.logs ?? new Map();
      pods.upsert({ ...pod, state, containers: [...logs].map(([name, lines]) => ({ name, lines: lines.length })) });
    };
    try {
      await atOnce(signal, () =>
        lastWords(kube, pod, signal, (heard) => {
          words.set(pod.key, heard);
          tell('listening');
        }),
      );
      tell('kept');
    } catch {
      tell(words.has(pod.key) ? 'kept' : 'missed');
    }
  }

  function podsEar(kube: () => Kube | undefined, signal: AbortSignal): Ear {
    return {
      columns: () => {},
      state: () => {},
      upsert(row) {
        if (!row.leaving || ending.has(row.key)) return;
        const pod = keep(row, 'listening');
        ending.set(row.key, pod.key);
        const connected = kube();
        if (connected) void listen(connected, pod, signal);
      },
      remove(key) {
        if (ending.delete(key)) return;
        // By force, or while nobody was connected.
        const [namespace = '', name = ''] = key.split(/\/(.*)/s);
        keep({ namespace, name }, 'missed');
      },
    };
  }

  function eventsEar(): Ear {
    let columns: readonly Column[] = [];
    return {
      columns: (all) => {
        columns = all;
      },
      state: () => {},
      upsert(row) {
        // The newest are the last.
        events.delete(row.key);
        events.set(row.key, eventOf(row, columns, now()));
        for (const key of events.keys()) {
          if (events.size <= mostEvents) break;
          events.delete(key);
        }
      },
      // Kubernetes forgets after an hour; that is what they are kept for.
      remove: () => {},
    };
  }

  return {
    pods,
    events: () => [...events.values()].sort((one, other) => one.at - other.at),
    detail(key) {
      const pod = pods.get(key);
      if (!pod) return undefined;
      const own = [...events.values()].filter(
        ({ namespace, object }) => namespace === pod.namespace && object === `pod/${pod.name}`,
      );
      const heard = words.get(key);
      return {
        pod,
        logs: Object.fromEntries(heard?.logs ?? []),
        events: own.sort((one, other) => other.at - one.at),
        spec: heard?.pod,
      };
    },
    async record(connect, signal) {
      let last: Kube | undefined;
      const connected: Connect = async (until) => {
        last = await connect(until);
        return last;
      };
      await Promise.all([
        followTable(
          connected,
          listPath({ group: '', version: 'v1', resource: 'pods' }),
          podsEar(() => last, signal),
          signal,
        ),
        followTable(connect, listPath({ group: '', version: 'v1', resource: 'events' }), eventsEar(), signal),
      ]);
    },
  };
}
