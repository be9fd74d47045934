// Services that are dashboards and those that are not, as charts and manifests make them.
import type { V1Pod, V1Service } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { backendOf, dashboardKindOf, headlampCluster, isReady, troubleOf } from './recognise';

const service = (name: string, labels: Record<string, string>, selector: Record<string, string> = {}): V1Service => ({
  metadata: { name, labels },
  spec: { selector },
});
const portsOf = (ports: NonNullable<V1Service['spec']>['ports']): V1Service => ({ spec: { ports: ports ?? [] } });
const pod = (part: Partial<NonNullable<V1Pod['spec']>['containers'][number]>): V1Pod => ({
  spec: { containers: [{ name: 'c', ...part }] },
});

describe('a Service', () => {
  it.each([
    ['Headlamp’s chart', service('my-headlamp', { 'app.kubernetes.io/name': 'headlamp' }), 'headlamp'],
    ['Headlamp’s manifest', service('headlamp', {}, { 'k8s-app': 'headlamp' }), 'headlamp'],
    ['the Dashboard 2', service('kubernetes-dashboard', { 'k8s-app': 'kubernetes-dashboard' }), 'kubernetes-dashboard'],
    ['its chart since 7.0', service('r-kubernetes-dashboard-kong-proxy', {}), 'kubernetes-dashboard'],
    [
      'a part of that',
      service('kubernetes-dashboard-api', { 'app.kubernetes.io/name': 'kubernetes-dashboard' }),
      undefined,
    ],
    ['its metrics', service('dashboard-metrics-scraper', { 'k8s-app': 'dashboard-metrics-scraper' }), undefined],
    ['another app', service('grafana', { app: 'grafana' }), undefined],
  ])('of %s', (_of, given, kind) => {
    expect(dashboardKindOf(given)).toBe(kind);
  });

  it('leads to a port of a pod, by number or name; plain HTTP goes before TLS', () => {
    expect(backendOf(portsOf([{ port: 80, targetPort: 4466 }]), pod({}))).toEqual({ port: 4466, tls: false });
    const named = pod({ ports: [{ name: 'http', containerPort: 9090 }] });
    expect(backendOf(portsOf([{ port: 80, targetPort: 'http' }]), named)).toEqual({ port: 9090, tls: false });
    expect(backendOf(portsOf([{ port: 443, targetPort: 8443 }]), pod({}))).toEqual({ port: 8443, tls: true });
    const both = portsOf([
      { name: 'https', port: 8000 },
      { name: 'web', port: 8001 },
    ]);
    expect(backendOf(both, pod({}))).toEqual({ port: 8001, tls: false });
    expect(backendOf(portsOf([{ port: 80, targetPort: 'gone' }]), pod({}))).toBeUndefined();
    expect(backendOf(portsOf([]), pod({}))).toBeUndefined();
  });
});

describe('a pod', () => {
  it('is ready when it says so and is not on its way out', () => {
    const ready: V1Pod = { status: { conditions: [{ type: 'Ready', status: 'True' }] } };
    expect(isReady(ready)).toBe(true);
    expect(isReady({ ...ready, metadata: { deletionTimestamp: new Date() } })).toBe(false);
    expect(isReady({})).toBe(false);
  });

  it('of Headlamp may call its cluster otherwise', () => {
    expect(headlampCluster(pod({ args: ['-in-cluster'] }))).toBe('main');
    expect(headlampCluster(pod({ args: ['-in-cluster', '-in-cluster-context-name=dock'] }))).toBe('dock');
  });

  it('says why it does not come up', () => {
    const waiting = (reason: string) => ({
      status: {
        containerStatuses: [
          {
            name: 'c',
            image: 'i',
            imageID: '',
            ready: false,
            restartCount: 0,
            state: { waiting: { reason, message: 'm' } },
          },
        ],
      },
    });
    expect(troubleOf(waiting('ImagePullBackOff'))).toEqual({ reason: 'ImagePullBackOff', message: 'm', image: 'i' });
    expect(troubleOf(waiting('ErrImagePull'))).toBeUndefined();
    expect(troubleOf(waiting('ContainerCreating'))).toBeUndefined();
    const full = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'no room' };
    expect(troubleOf({ status: { conditions: [full] } })).toEqual({ reason: 'Unschedulable', message: 'no room' });
  });
});
