// Which port of which pod a connection goes to: pure.
import type { KubernetesObject, V1Pod, V1Service } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import type { ForwardPort } from '../../../shared/model/forwards';
import { type NamedTarget, targetText } from '../../../shared/model/pod-target';

/** The pod that takes connections: one that is ready, the newest last; of a pod that was named, whether it is ready or not. */
export function podToUse(pods: readonly V1Pod[], target: NamedTarget): V1Pod | undefined {
  const alive = pods.filter(
    ({ metadata, status }) => metadata?.deletionTimestamp === undefined && status?.phase === 'Running',
  );
  if (target.kind === 'pod') return alive[0];
  return alive.find(({ status }) =>
    status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
  );
}

/** Why none does, in words. */
export function whyNone(pods: readonly V1Pod[], target: NamedTarget): AppError {
  const what = targetText(target);
  const reason = pods.length === 0 ? 'there is none' : pods.map(stateOf).join(', ');
  return new AppError('not-ready', `No pod of ${what} takes connections: ${reason}`, {
    params: { what, seconds: 0 },
    hints: [{ text: 'Connections are let through as soon as one is ready.' }],
  });
}

function stateOf({ metadata, status }: V1Pod): string {
  const waiting = status?.containerStatuses?.map(({ state }) => state?.waiting?.reason).find(Boolean);
  const leaving = metadata?.deletionTimestamp ? 'Terminating' : undefined;
  return `${metadata?.name} is ${leaving ?? waiting ?? (status?.phase === 'Running' ? 'not ready' : status?.phase)}`;
}

/** The port as the target has it. Throws `bad-input` with the ports there are. */
export function chosenPort(
  object: KubernetesObject,
  pods: readonly V1Pod[],
  target: NamedTarget,
  wanted: ForwardPort | undefined,
): ForwardPort {
  const known = target.kind === 'service' ? servicePorts(object) : podPorts(pods);
  const text = targetText(target);
  const there = known.map(({ name, port }) => (name ? `${port} (${name})` : String(port))).join(', ');
  const hints = there ? [{ text: `The ports there are: ${there}` }] : [{ text: 'Say which one: its pods name none.' }];
  if (wanted === undefined) {
    const [only, ...others] = known;
    if (only && others.length === 0) return only.port;
    throw new AppError('bad-input', `Which port of ${text}?`, { hints });
  }
  // A container may listen on ports that it does not name; a Service has no others.
  const fits = known.some(({ name, port }) => port === wanted || name === wanted);
  if (
    fits ||
    (typeof wanted === 'number' && target.kind !== 'service') ||
    (typeof wanted === 'string' && known.length === 0 && target.kind !== 'service')
  )
    return wanted;
  throw new AppError('bad-input', `${text} has no port ${wanted}`, { hints });
}

/** Its number on a pod; undefined where the pod has none of that name. */
export function portOn(
  pod: V1Pod,
  object: KubernetesObject,
  target: NamedTarget,
  port: ForwardPort,
): number | undefined {
  if (target.kind !== 'service') return typeof port === 'number' ? port : portCalled(pod, port);
  const found = (object as V1Service).spec?.ports?.find((one) => one.port === port || one.name === port);
  const behind = found?.targetPort ?? found?.port;
  return typeof behind === 'string' ? portCalled(pod, behind) : (behind as number | undefined);
}

function portCalled(pod: V1Pod, name: string): number | undefined {
  return podPorts([pod]).find((one) => one.name === name)?.port;
}

function servicePorts(service: KubernetesObject): { name?: string | undefined; port: number }[] {
  return ((service as V1Service).spec?.ports ?? []).filter(({ protocol = 'TCP' }) => protocol === 'TCP');
}

/** Of all pods, each once: they are made from one template. */
function podPorts(pods: readonly V1Pod[]): { name?: string | undefined; port: number }[] {
  const all = pods.flatMap(({ spec }) => spec?.containers.flatMap(({ ports = [] }) => ports) ?? []);
  const tcp = all.filter(({ protocol = 'TCP' }) => protocol === 'TCP');
  return [...new Map(tcp.map(({ name, containerPort }) => [containerPort, { name, port: containerPort }])).values()];
}
