// Which Services are dashboards, and which port of which pod is behind one: pure.
import type { V1Pod, V1Service } from '@kubernetes/client-node';
import type { DashboardKind } from '../../../shared/model/dashboard';

/** Keys by which charts and manifests name what a Service is of. */
const nameKeys = ['app.kubernetes.io/name', 'k8s-app', 'app'];

/**
 * Undefined for whatever is no dashboard. Headlamp's own manifest labels its Service by nothing but what it selects; the Dashboard's
 * chart since 7.0 has a gateway (kong) before its parts, of which no other serves the whole.
 */
export function dashboardKindOf({ metadata, spec }: V1Service): DashboardKind | undefined {
  const name = metadata?.name ?? '';
  if (name.endsWith('kubernetes-dashboard-kong-proxy')) return 'kubernetes-dashboard';
  const said = nameKeys.flatMap((key) => [metadata?.labels?.[key], spec?.selector?.[key]]);
  if (said.includes('headlamp')) return 'headlamp';
  return said.includes('kubernetes-dashboard') && !/-(web|api|auth|metrics-scraper)$/.test(name)
    ? 'kubernetes-dashboard'
    : undefined;
}

export interface Backend {
  port: number;
  /** It speaks TLS, with a certificate that nobody has issued. */
  tls: boolean;
}

/** What a Service's port is on a pod; undefined where the pod has no port of the name that the Service gives. */
export function backendOf({ spec }: V1Service, pod: V1Pod): Backend | undefined {
  const ports = spec?.ports ?? [];
  const isTls = ({ name = '', port }: { name?: string | undefined; port: number }) =>
    /https|tls/.test(name) || port === 443 || port === 8443;
  const chosen = ports.find((port) => !isTls(port)) ?? ports[0];
  if (!chosen) return undefined;
  const target = chosen.targetPort ?? chosen.port;
  const port = typeof target === 'number' ? target : portCalled(pod, target);
  return port === undefined ? undefined : { port, tls: isTls(chosen) };
}

function portCalled(pod: V1Pod, name: string): number | undefined {
  const all = pod.spec?.containers.flatMap(({ ports = [] }) => ports) ?? [];
  return all.find((port) => port.name === name)?.containerPort;
}

export function isReady({ status, metadata }: V1Pod): boolean {
  const ready = status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
  return ready === true && metadata?.deletionTimestamp === undefined;
}

/** What Headlamp calls the cluster that it runs in, which is part of its cookie's name. */
export function headlampCluster(pod: V1Pod): string {
  const words = pod.spec?.containers.flatMap(({ args = [], command = [] }) => [...command, ...args]) ?? [];
  const given = words.map((word) => /^--?in-cluster-context-name=(.+)$/.exec(word)?.[1]).find(Boolean);
  return given ?? 'main';
}

/** Why a pod does not come up, in Kubernetes' words; undefined while it is only on its way. */
export function troubleOf({ status }: V1Pod): { reason: string; message: string; image?: string } | undefined {
  for (const { state, image } of status?.containerStatuses ?? []) {
    const waiting = state?.waiting;
    // ErrImagePull comes first and once; with the back-off it has been tried.
    if (waiting?.reason && /BackOff|InvalidImageName|CreateContainer|ErrImageNeverPull/.test(waiting.reason)) {
      return { reason: waiting.reason, message: waiting.message ?? '', image };
    }
  }
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.reason === 'Unschedulable') return { reason: scheduled.reason, message: scheduled.message ?? '' };
  return undefined;
}
