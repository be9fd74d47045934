// One door to a dashboard: it follows the pod behind the dashboard's Service, renews its token, and signs in to the context anew where need be.
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { V1Pod, V1Service } from '@kubernetes/client-node';
import type { DashboardRights, OpenedDashboard } from '../../../shared/model/dashboard';
import { AppError } from '../../../shared/model/errors';
import type { Kube } from '../kube/connect';
import { dialPod, type PodPort } from '../kube/port-forward';
import { type FoundDashboard, lookForDashboards } from './look';
import { accountOf } from './place';
import { type DashboardProxy, openProxy } from './proxy';
import { type Backend, backendOf, headlampCluster, isReady } from './recognise';
import { issueToken } from './token';
import { createTokenSource } from './token-source';

export type Connect = (context: string, signal: AbortSignal) => Promise<Kube>;

export interface Door {
  context: string;
  rights: DashboardRights;
  proxy: DashboardProxy;
  kind: OpenedDashboard['kind'];
  close(): Promise<void>;
}

export interface WantedDoor {
  context: string;
  rights: DashboardRights;
  dashboard: FoundDashboard;
  /** A connection that was just used. */
  kube: Kube;
  connect: Connect;
}

/** Milliseconds for one connection to a dashboard. */
const limit = 15_000;

/** Where a dashboard is now, and what Headlamp calls its cluster there. */
interface Place extends PodPort, Pick<Backend, 'tls'> {
  cluster: string;
}

export async function openDoor({ context, rights, dashboard, kube: first, connect }: WantedDoor): Promise<Door> {
  const { kind, definition } = dashboard;
  let kube = first;
  let place = placeOf(definition, dashboard.pods);

  /** What a context signs in with may end, and its address may change: what fails is tried once more, signed in anew. */
  async function again<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch {
      kube = await connect(context, AbortSignal.timeout(limit));
      place = undefined;
      return await work();
    }
  }
  async function dial(): Promise<Duplex> {
    const signal = AbortSignal.timeout(limit);
    place ??= await findPlace(kube, definition, signal);
    const stream = await dialPod(kube.config, place, signal);
    // Dashboards make their certificates themselves; who is at the other end is known from Kubernetes.
    return place.tls ? connectTls({ socket: stream, rejectUnauthorized: false }) : stream;
  }

  const tokens = createTokenSource((signal) => again(() => issueToken(kube, accountOf(rights), signal)));
  const proxy = await openProxy({
    dial: () => again(dial),
    signIn: async () => ({ kind, cluster: place?.cluster ?? 'main', token: (await tokens.current()).token }),
  });
  return {
    context,
    rights,
    kind,
    proxy,
    async close() {
      await proxy.close();
      // A cluster that is gone has taken its tokens with it.
      await tokens.close().catch(() => {});
    },
  };
}

/** On a pod that is ready: pods come and go behind a Service. */
function placeOf(service: V1Service, pods: readonly V1Pod[]): Place | undefined {
  const pod = pods.find(isReady);
  const backend = pod && backendOf(service, pod);
  if (!pod || !backend) return undefined;
  const { namespace = '', name = '' } = pod.metadata ?? {};
  return { namespace, pod: name, ...backend, cluster: headlampCluster(pod) };
}

async function findPlace(kube: Kube, service: V1Service, signal: AbortSignal): Promise<Place> {
  const { name = '', namespace = '' } = service.metadata ?? {};
  const { dashboards } = await lookForDashboards(kube, signal);
  const found = dashboards.find((one) => one.namespace === namespace && one.service === name);
  const place = found && placeOf(found.definition, found.pods);
  if (place) return place;
  throw new AppError('not-ready', `The dashboard ${namespace}/${name} has no pod that is ready`, {
    params: { what: `${namespace}/${name}`, seconds: 0 },
  });
}
