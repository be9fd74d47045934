// What a pod that is being deleted says until it has ended: the end of each container's log, and the pod itself.
import type { V1Pod } from '@kubernetes/client-node';
import type { Kube } from '../kube/connect';
import { containersOf } from '../podlogs/containers';
import type { StampedLine } from '../podlogs/lines';
import { NotBegun, openLog } from '../podlogs/open-log';

/** Lines of each container that are kept: those at the end. */
const mostLines = 500;
/** Milliseconds beyond its grace period that a pod is listened to. */
const patience = 15_000;
/** Seconds that a pod without a grace period of its own has to end. */
const usualGrace = 30;

export interface LastWords {
  pod: V1Pod;
  /** By the containers' names. */
  logs: Map<string, StampedLine[]>;
}

/** Resolves when all containers have ended, or it is too late; throws where the pod is gone already. @param heard something was said */
export async function lastWords(
  kube: Kube,
  { namespace, name }: { namespace: string; name: string },
  signal: AbortSignal,
  heard: (words: LastWords) => void,
): Promise<void> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
  const pod = await kube.call<V1Pod>({ method: 'GET', path }, signal);
  const words: LastWords = { pod, logs: new Map() };
  heard(words);
  const grace = pod.metadata?.deletionGracePeriodSeconds ?? usualGrace;
  const until = AbortSignal.any([signal, AbortSignal.timeout(grace * 1000 + patience)]);
  await Promise.all(
    containersOf(pod).map(async ({ container, run }) => {
      if (run === undefined) return;
      const lines: StampedLine[] = [];
      words.logs.set(container, lines);
      const wanted = { namespace, pod: name, container, follow: true, tail: mostLines };
      try {
        for await (const some of openLog(kube, wanted, until)) {
          // Without a moment it is the kubelet that speaks: of a log that has gone with its container.
          lines.push(...some.filter(({ at }) => at !== ''));
          if (lines.length > mostLines) lines.splice(0, lines.length - mostLines);
          heard(words);
        }
      } catch (error) {
        // What was heard before stays; a container that is gone says nothing more.
        if (!(error instanceof NotBegun) && lines.length === 0) lines.push({ at: '', text: `(${String(error)})` });
      }
    }),
  );
}
