// What a loop does to manifests so that a change is seen sooner, and by which its objects are known. Pure.
import type { KubernetesObject } from '@kubernetes/client-node';
import type { Touches } from '../../../../shared/model/devloop/loop';
import { podTemplateOf } from '../../kube/pod-template';

/** On every object of a loop and its pods; the value is the loop's id. */
export const loopLabel = 'dev.boathouse.loop';

type Fields = Record<string, unknown>;

/** On pods whose containers take files: another value makes others of them. */
const filesAnnotation = 'dev.boathouse.files';

/**
 * A copy with the touches that are on, and the loop's label on it and its pods.
 * @param marks by image, what pods with a container of it are to be told apart by
 */
export function touched<Item extends KubernetesObject>(
  object: Item,
  touches: Touches,
  loop: string,
  marks: ReadonlyMap<string, string> = new Map(),
): Item {
  const copy = structuredClone(object);
  copy.metadata = { ...copy.metadata, labels: { ...copy.metadata?.labels, [loopLabel]: loop } };
  const pod = podTemplateOf(copy);
  if (!pod?.spec) return copy;
  pod.metadata = { ...pod.metadata, labels: { ...(pod.metadata?.labels as Fields | undefined), [loopLabel]: loop } };
  const own = (pod.spec.containers ?? []).flatMap(({ image }) => marks.get(String(image)) ?? []);
  // What a Job runs cannot be changed.
  if (own.length > 0 && copy.kind !== 'Job') {
    const annotations = pod.metadata.annotations as Fields | undefined;
    pod.metadata.annotations = { ...annotations, [filesAnnotation]: own.join(' ') };
  }
  if (touches.noGrace) pod.spec.terminationGracePeriodSeconds = 0;
  for (const container of [...(pod.spec.containers ?? []), ...(pod.spec.initContainers ?? [])]) {
    if (touches.noRequests) askForNothing(container);
    if (touches.quickProbes) for (const probe of ['readinessProbe', 'startupProbe']) quicken(container, probe);
  }
  return copy;
}

/** A limit alone counts as a request. */
function askForNothing(container: Fields): void {
  const resources = container.resources as { limits?: Fields; requests?: Fields } | undefined;
  if (!resources) return;
  const names = Object.keys({ ...resources.limits, ...resources.requests }).filter((name) =>
    /^(cpu|memory)$/.test(name),
  );
  const kept = Object.entries(resources.requests ?? {}).filter(([name]) => !names.includes(name));
  const requests = Object.fromEntries([...kept, ...names.map((name) => [name, '0'])]);
  container.resources = { ...resources, requests };
}

/** It fails only after as long a time as it would have. */
function quicken(container: Fields, name: string): void {
  const probe = container[name] as
    | { periodSeconds?: number; failureThreshold?: number; initialDelaySeconds?: number }
    | undefined;
  if (!probe) return;
  const { periodSeconds = 10, failureThreshold = 3, initialDelaySeconds = 0 } = probe;
  const lasts = initialDelaySeconds + periodSeconds * failureThreshold;
  container[name] = {
    ...probe,
    initialDelaySeconds: 0,
    periodSeconds: 1,
    failureThreshold: Math.max(failureThreshold, lasts),
  };
}
