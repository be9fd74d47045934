// Dashboards of any context: what the calls of the contract come down to.

import { stringify } from 'yaml';
import type { DashboardRights, DashboardToken, DashboardView } from '../../../shared/model/dashboard';
import { AppError, asAppError } from '../../../shared/model/errors';
import { isLocalOrigin } from '../../../shared/model/kubeconfig';
import type { Kube } from '../kube/connect';
import { inApplyOrder } from '../kube/manifest';
import type { KubeconfigOptions } from '../kubeconfig/files';
import { listContexts } from '../kubeconfig/list-contexts';
import { pause } from '../live/pause';
import { createWakeUp, whenAborted } from '../live/signal';
import type { Operations } from '../operations/operations';
import type { Connect } from './door';
import { createDoors, tokenFor } from './doors';
import { lookForDashboards } from './look';
import { accessObjects, dashboardObjects, type WantedDashboard } from './manifests';
import { dashboardNamespace } from './place';
import { removeJob } from './remove';
import { setUpJob } from './set-up';

export interface DashboardDependencies {
  /** Connects to the cluster of a context. */
  connect: Connect;
  kubeconfig: Pick<KubeconfigOptions, 'environment' | 'homeDirectory' | 'platform'>;
  operations: Operations;
  /** The product's folder of that name. */
  resources: string;
  /** The engine's address; of what the history of an operation is kept. */
  engineHost(): string;
}

export interface Dashboards {
  look(context: string, signal: AbortSignal): Promise<DashboardView>;
  watch(context: string, signal: AbortSignal): AsyncGenerator<DashboardView, void, void>;
  manifest(wanted: WantedDashboard): Promise<{ yaml: string }>;
  setUp(context: string, wanted: WantedDashboard, signal: AbortSignal): Promise<{ operationId: string }>;
  remove(context: string, signal: AbortSignal): Promise<{ operationId: string }>;
  open: ReturnType<typeof createDoors>['open'];
  close: ReturnType<typeof createDoors>['close'];
  token(context: string, rights: DashboardRights | undefined, signal: AbortSignal): Promise<DashboardToken>;
  dispose(): Promise<void>;
}

/** Milliseconds in which changes of a cluster are gathered before it is looked at again. */
const gather = 250;
/** Milliseconds before a cluster that does not answer is asked again. */
const retry = 3000;

export function createDashboards(dependencies: DashboardDependencies): Dashboards {
  const { connect, kubeconfig, operations, resources } = dependencies;
  const doors = createDoors(connect);
  const openIn = (context: string) =>
    doors.state
      .get()
      .filter((door) => door.context === context)
      .map(({ rights, proxy }) => ({ rights, port: proxy.port }));

  async function viewOf(context: string, kube: Kube, signal: AbortSignal) {
    const { dashboards, rights } = await lookForDashboards(kube, signal);
    const shown = dashboards.map(({ definition: _, pods: __, ...dashboard }) => dashboard);
    return { context, dashboards: shown, rights, open: openIn(context) };
  }

  /** The cluster's name where it is one of this computer, as other operations on it say. */
  async function subjectOf(context: string): Promise<string> {
    const { contexts } = await listContexts(kubeconfig);
    const found = contexts.find(({ name }) => name === context);
    return found && isLocalOrigin(found.origin) && found.clusterName ? found.clusterName : context;
  }

  async function* watch(context: string, signal: AbortSignal): AsyncGenerator<DashboardView, void, void> {
    while (!signal.aborted) {
      const round = new AbortController();
      const until = AbortSignal.any([signal, round.signal]);
      try {
        const kube = await connect(context, until);
        const changes = changesIn(kube, doors.state, until);
        while (!until.aborted) {
          const next = changes.next();
          yield await viewOf(context, kube, until);
          await next;
        }
      } catch (error) {
        if (signal.aborted) return;
        const told = asAppError(error).toData();
        yield { context, dashboards: [], rights: [], open: openIn(context), error: told };
      } finally {
        round.abort();
      }
      await pause(retry, signal);
    }
  }

  return {
    watch,
    async look(context, signal) {
      return await viewOf(context, await connect(context, signal), signal);
    },
    async manifest(wanted) {
      const objects = [
        ...(await accessObjects(resources, wanted.rights)),
        ...(await dashboardObjects(resources, wanted)),
      ];
      const once = objects.filter((object, at) => object.kind !== 'Namespace' || at === 0);
      return {
        yaml: inApplyOrder(once)
          .map((object) => stringify(object))
          .join('---\n'),
      };
    },
    async setUp(context, wanted, signal) {
      const subject = await subjectOf(context);
      const to = (within: AbortSignal) => connect(context, within);
      const job = await setUpJob({ ...wanted, context, subject, resources, connect: to }, signal);
      return operations.start(job, dependencies.engineHost());
    },
    async remove(context, signal) {
      const subject = await subjectOf(context);
      const to = (within: AbortSignal) => connect(context, within);
      const job = await removeJob({ context, subject, connect: to, close: () => doors.close(context) }, signal);
      return operations.start(job, dependencies.engineHost());
    },
    open: doors.open,
    close: doors.close,
    async token(context, wanted, signal) {
      const { token, expiresAt, rights } = await tokenFor(await connect(context, signal), context, wanted, signal);
      return { token, rights, ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }) };
    },
    dispose: doors.dispose,
  };
}

type Doors = ReturnType<typeof createDoors>;

/** `next` resolves after the next change of what a view shows, and rejects when the cluster cannot be watched any more. */
function changesIn(kube: Kube, state: Doors['state'], signal: AbortSignal): { next(): Promise<void> } {
  let change = createWakeUp();
  let failed: Promise<never> | undefined;
  const wake = () => {
    const previous = change;
    change = createWakeUp();
    previous.wake();
  };
  const follow = async (items: AsyncIterable<unknown>) => {
    let first = true;
    for await (const _ of items) {
      if (!first) wake();
      first = false;
    }
    if (!signal.aborted) throw new AppError('disconnected', 'The watch of the cluster has ended');
  };
  const inside = `/api/v1/namespaces/${dashboardNamespace}`;
  const all = [
    follow(kube.watch('/api/v1/services', signal)),
    follow(kube.watch(`${inside}/pods`, signal)),
    follow(kube.watch(`${inside}/serviceaccounts`, signal)),
    follow(state.watch(signal)),
  ];
  failed = new Promise<never>((_, reject) => {
    for (const one of all) one.catch(reject);
  });
  failed.catch(() => {});
  const aborted = whenAborted(signal);
  return {
    async next() {
      await Promise.race([change.promise, failed, aborted]);
      await pause(gather, signal);
    },
  };
}
