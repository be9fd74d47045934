// Logs of targets as one stream: what there is merged in the order of time, then as it is written; pods that come later join.
import { setMaxListeners } from 'node:events';
import type { V1Pod } from '@kubernetes/client-node';
import { AppError, asAppError } from '../../../shared/model/errors';
import type { LogCursor, LogSource, PodLogMessage } from '../../../shared/model/pod-logs';
import { type PodTarget, targetText } from '../../../shared/model/pod-target';
import type { Kube } from '../kube/connect';
import { podsOf } from '../kube/pods-of';
import { pause } from '../live/pause';
import { type Container, containersOf } from './containers';
import type { StampedLine } from './lines';
import { mergeByTime } from './merge';
import { NotBegun, openLog } from './open-log';
import { createOutbox } from './outbox';
import { createSource, type FollowedSource } from './source';

export interface WantedLogs {
  targets: readonly PodTarget[];
  containers?: readonly string[] | undefined;
  follow?: boolean | undefined;
  previous?: boolean | undefined;
  tail?: number | undefined;
  since?: string | undefined;
  after?: Readonly<Record<string, LogCursor>> | undefined;
}

/** What connects, and connects anew when what it signed in with has come to an end. */
export type Connect = (signal: AbortSignal) => Promise<Kube>;

/** Containers that are read at once: each is a connection. */
const mostSources = 100;
/** Milliseconds before a cluster that went away is asked again: longer each time. */
const firstRetry = 500;
const longestRetry = 15_000;

/**
 * With `follow` until aborted; else it ends with the last line. Throws `not-found` (target, container), `kubernetes-refused`: at the
 * beginning only; what happens later is told as a state, or with the source that it happened to, and tried again.
 */
export async function* readPodLogs(
  connect: Connect,
  wanted: WantedLogs,
  signal: AbortSignal,
): AsyncGenerator<PodLogMessage, void, void> {
  const left = new AbortController();
  const until = AbortSignal.any([signal, left.signal]);
  // Every container's log listens to it.
  setMaxListeners(0, until);
  const outbox = createOutbox();
  const reading = new Reading(connect, wanted, outbox, until);
  void reading.run().catch((error: unknown) => outbox.fail(error));
  try {
    yield* outbox.take(until);
  } finally {
    left.abort();
  }
}

class Reading {
  readonly #connect: Connect;
  readonly #wanted: WantedLogs;
  readonly #outbox: ReturnType<typeof createOutbox>;
  readonly #signal: AbortSignal;
  readonly #sources = new Map<string, FollowedSource>();
  readonly #leftOut = new Map<string, Container>();
  /** The containers of each target, as its watch says. */
  readonly #seen = new Map<PodTarget, Container[]>();
  /** What there was at first has been read. */
  #caughtUp = false;

  constructor(connect: Connect, wanted: WantedLogs, outbox: ReturnType<typeof createOutbox>, signal: AbortSignal) {
    this.#connect = connect;
    this.#wanted = wanted;
    this.#outbox = outbox;
    this.#signal = signal;
  }

  async run(): Promise<void> {
    const { targets, follow, previous } = this.#wanted;
    const kube = await this.#connect(this.#signal);
    const watches = targets.map((target) => podsOf(kube, target, this.#signal));
    try {
      const first = await Promise.all(watches.map((watch) => watch.next()));
      for (const [at, { value }] of first.entries()) this.#take(targets[at], value ?? []);
      this.#refuseUnknown(first.flatMap(({ value }) => value ?? []));
      if (!follow || previous) {
        await this.#readOnce(kube);
        return this.#outbox.end();
      }
      // One alone needs no merging, and is not asked for twice.
      if (this.#sources.size > 1) await this.#readOnce(kube);
      this.#caughtUp = true;
      for (const source of this.#sources.values()) this.#start(source, true);
      this.#outbox.tell({ type: 'state', state: 'live' });
      await Promise.all(targets.map((target, at) => this.#watch(target, watches[at])));
    } finally {
      if (!follow || previous) await Promise.all(watches.map((watch) => watch.return()));
    }
  }

  /** Follows a target's pods for good, with another watch when one breaks. */
  async #watch(target: PodTarget, first: AsyncGenerator<V1Pod[], void, void> | undefined): Promise<void> {
    let watch = first;
    let failures = 0;
    while (!this.#signal.aborted) {
      try {
        watch ??= podsOf(await this.#connect(this.#signal), target, this.#signal);
        for await (const pods of watch) {
          if (failures > 0) this.#outbox.tell({ type: 'state', state: 'live' });
          failures = 0;
          this.#take(target, pods);
        }
      } catch (error) {
        if (this.#signal.aborted) return;
        // A workload that was deleted may be made anew: what it had is gone meanwhile.
        if (error instanceof AppError && error.code === 'not-found') this.#take(target, []);
        this.#outbox.tell({ type: 'state', state: 'lost', error: asAppError(error).toData() });
      }
      watch = undefined;
      await pause(Math.min(longestRetry, firstRetry * 2 ** failures), this.#signal);
      failures += 1;
    }
  }

  #take(target: PodTarget | undefined, pods: readonly V1Pod[]): void {
    if (!target) return;
    this.#seen.set(
      target,
      pods.flatMap((pod) => containersOf(pod, this.#wanted.containers)),
    );
    const all = new Map([...this.#seen.values()].flat().map((one) => [one.key, one]));
    for (const [key, source] of this.#sources) {
      source.see(all.get(key));
      // Pods of StatefulSets come back under their names.
      if (this.#caughtUp && all.has(key) && source.over() && !all.get(key)?.over) this.#start(source, false);
    }
    for (const [key, container] of all) if (!this.#sources.has(key)) this.#add(container);
    this.#tellSources();
  }

  #add(container: Container): void {
    if ([...this.#sources.values()].filter((source) => !source.over()).length >= mostSources) {
      this.#leftOut.set(container.key, container);
      return;
    }
    const source = createSource(this.#sources.size + 1, container, this.#wanted.after?.[container.key], {
      connect: this.#connect,
      lines: (id, lines) => this.#outbox.lines(lines.map((line) => ({ source: id, ...line }))),
      changed: () => this.#tellSources(),
      signal: this.#signal,
    });
    this.#sources.set(container.key, source);
    if (this.#caughtUp) this.#start(source, false);
  }

  /** @param asked it was there at first: only so much of it is wanted as was asked for, and what was merged goes on behind that */
  #start(source: FollowedSource, asked: boolean): void {
    const { tail, since } = this.#wanted;
    void source.follow(asked ? { tail, since } : { since });
  }

  /** All that there is, in the order of time. */
  async #readOnce(kube: Kube): Promise<void> {
    const { previous = false, tail, since, after } = this.#wanted;
    const sources = [...this.#sources.values()];
    const failures: unknown[] = [];
    async function* linesOf(source: FollowedSource, signal: AbortSignal) {
      const { key, namespace, pod, container } = source.container();
      const wanted = {
        namespace,
        pod,
        container,
        follow: false,
        previous,
        tail,
        since,
        after: previous ? undefined : after?.[key],
      };
      try {
        for await (const lines of openLog(kube, wanted, signal)) {
          source.passed(lines);
          yield lines.map((line: StampedLine) => ({ source: source.id, ...line }));
        }
      } catch (error) {
        if (!(error instanceof NotBegun)) failures.push(error);
      }
    }
    for await (const lines of mergeByTime(sources.map((source) => linesOf(source, this.#signal)))) {
      await this.#outbox.lines(lines);
    }
    // One that has no earlier run is no reason to hide those of the others.
    if (failures.length > 0 && failures.length === sources.length) throw failures[0];
  }

  #refuseUnknown(pods: readonly V1Pod[]): void {
    const { containers = [], targets } = this.#wanted;
    const [named] = targets;
    if (pods.length === 0 && targets.length === 1 && named && 'kind' in named && named.kind === 'pod') {
      const what = `${targetText(named)} in ${named.namespace}`;
      throw new AppError('not-found', `There is no ${what}`, { params: { what } });
    }
    const there = new Set(pods.flatMap((pod) => containersOf(pod).map(({ container }) => container)));
    const missing = containers.find((name) => !there.has(name));
    if (missing === undefined || pods.length === 0) return;
    throw new AppError('not-found', `There is no container ${missing} here`, {
      params: { what: missing },
      hints: [{ text: `The containers there are: ${[...there].join(', ')}` }],
    });
  }

  #tellSources(): void {
    const whole = (container: Container, id: number, state: Pick<LogSource, 'state' | 'error'>): LogSource => {
      const { key, namespace, pod, restarts } = container;
      return { id, key, namespace, pod, container: container.container, restarts, ...state };
    };
    const sources = [...this.#sources.values()].map((source) => whole(source.container(), source.id, source.state()));
    const others = [...this.#leftOut.values()].map((one) => whole(one, 0, { state: 'left-out' }));
    this.#outbox.tell({ type: 'sources', sources: [...sources, ...others] });
  }
}
