// Which ports of a project lead from this computer into the cluster: those that it declares, and each port of its Services. Pure.
import type { KubernetesObject, V1Service } from '@kubernetes/client-node';
import type { PortForward } from '../../../../shared/model/devloop/deployment';
import type { Project } from '../../../../shared/model/devloop/project';
import type { ForwardPort } from '../../../../shared/model/forwards';
import { type NamedTarget, targetKindOf } from '../../../../shared/model/pod-target';

export interface ForwardWish {
  /** As the project calls it. */
  readonly resourceType: string;
  readonly resourceName: string;
  readonly namespace: string;
  readonly port: ForwardPort;
  /** Undefined for what has no pods. */
  readonly target: NamedTarget | undefined;
  /** Absent: the same number where it is free, else any. */
  readonly localPort?: number;
  readonly declared: boolean;
  /** What a browser would ask; undefined where nothing says that it speaks HTTP. */
  readonly scheme: 'http' | 'https' | undefined;
}

export function wishKey({ target, resourceType, resourceName, namespace, port }: ForwardWish): string {
  return `${target?.kind ?? resourceType}/${namespace}/${resourceName}:${port}`;
}

/** Those that are declared come first; a Service's port that is declared already is not taken twice. `namespace`: of what names none. */
export function wishesOf(project: Project, objects: readonly KubernetesObject[], namespace: string): ForwardWish[] {
  const services = objects.filter(hasPods);
  const declared = project.modules.flatMap(({ portForwards }) =>
    portForwards.map((forward) => declaredWish(forward, services, namespace)),
  );
  const found = services.flatMap((service) => foundWishes(service, namespace));
  const all = new Map(declared.map((wish) => [wishKey(wish), wish]));
  const numbers = new Set(declared.map((wish) => `${serviceOf(wish)}:${numberOf(wish, services, namespace)}`));
  for (const wish of found) {
    if (!numbers.has(`${serviceOf(wish)}:${wish.port}`) && !all.has(wishKey(wish))) all.set(wishKey(wish), wish);
  }
  return [...all.values()];
}

function declaredWish(forward: PortForward, services: readonly V1Service[], fallback: string): ForwardWish {
  const { resourceType, resourceName, namespace = fallback, port, localPort } = forward;
  const kind = targetKindOf(resourceType);
  const wish = {
    resourceType,
    resourceName,
    namespace,
    port,
    target: kind && { kind, namespace, name: resourceName },
    ...(localPort !== undefined && { localPort }),
    declared: true,
  };
  const service = kind === 'service' ? serviceCalled(services, resourceName, namespace, fallback) : undefined;
  const found = service?.spec?.ports?.find((one) => one.port === port || one.name === port);
  return { ...wish, scheme: schemeOf(found ?? { ...(typeof port === 'number' ? { port } : { name: port }) }) };
}

function foundWishes({ metadata, spec }: V1Service, fallback: string): ForwardWish[] {
  const [resourceName, namespace] = [metadata?.name ?? '', metadata?.namespace ?? fallback];
  const target = { kind: 'service' as const, namespace, name: resourceName };
  return (spec?.ports ?? [])
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
    .map((one) => ({
      resourceType: 'service',
      resourceName,
      namespace,
      port: one.port,
      target,
      declared: false,
      scheme: schemeOf(one),
    }));
}

/** Services that pods stand behind. */
function hasPods(object: KubernetesObject): object is V1Service {
  const { kind, spec } = object as V1Service;
  return kind === 'Service' && spec?.type !== 'ExternalName' && Object.keys(spec?.selector ?? {}).length > 0;
}

function serviceCalled(services: readonly V1Service[], name: string, namespace: string, fallback: string) {
  return services.find(({ metadata }) => metadata?.name === name && (metadata.namespace ?? fallback) === namespace);
}

function serviceOf({ target, namespace, resourceName }: ForwardWish): string {
  return `${target?.kind} ${namespace}/${resourceName}`;
}

/** Of a port that is declared by its name, the number that its Service has for it. */
function numberOf({ resourceName, namespace, port }: ForwardWish, services: readonly V1Service[], fallback: string) {
  const ports = serviceCalled(services, resourceName, namespace, fallback)?.spec?.ports;
  return ports?.find(({ name }) => name === port)?.port ?? port;
}

/** Numbers that servers of web pages listen on, in development as elsewhere. */
const webPorts = new Set([80, 1313, 3000, 3001, 4000, 4200, 5000, 5173, 8000, 8080, 8081, 8888, 9090]);

/** By its name, or else by its number. */
function schemeOf({
  name = '',
  port,
  targetPort,
}: {
  name?: string | undefined;
  port?: number;
  targetPort?: unknown;
}): ForwardWish['scheme'] {
  if (/^(https|wss)\b/.test(name) || port === 443 || port === 8443) return 'https';
  if (/^(http|web|www|ui|ws)\b/.test(name)) return 'http';
  // gRPC, databases and the like are named as what they are.
  if (name !== '') return webPorts.has(port ?? 0) && name !== 'grpc' ? 'http' : undefined;
  return webPorts.has(port ?? 0) || webPorts.has(Number(targetPort)) ? 'http' : undefined;
}
