// Dashboards for the stand-in: one that is there, one that is not, and calls on them.
import type { Client } from '../../shared/contract';
import type { DashboardView } from '../../shared/model/dashboard';
import { createTopic } from './stand-in-topic';

export function sampleDashboard(context: string, more: Partial<DashboardView> = {}): DashboardView {
  return {
    context,
    dashboards: [
      {
        kind: 'headlamp',
        namespace: 'boathouse-dashboard',
        service: 'headlamp',
        ours: true,
        ready: 1,
        image: 'ghcr.io/headlamp-k8s/headlamp:v0.45.0',
      },
    ],
    rights: ['read-only'],
    open: [],
    ...more,
  };
}

/** One that is set up, one in a cluster that does not answer. */
export const sampleDashboards: Record<string, DashboardView> = {
  'kind-old-kind': sampleDashboard('kind-old-kind'),
  staging: sampleDashboard('staging', {
    dashboards: [],
    rights: [],
    error: {
      code: 'kubernetes-refused',
      message: 'Kubernetes did not answer /api/v1/services: connect ETIMEDOUT 10.20.0.7:6443',
      params: { path: '/api/v1/services', reason: 'connect ETIMEDOUT 10.20.0.7:6443' },
      hints: [],
    },
  }),
};

export function dashboardStandIn(
  world: { dashboards: Record<string, DashboardView> },
  enter: (call: string, input?: unknown) => void,
  started: (call: string, input: unknown) => { operationId: string },
): Client['dashboard'] {
  const viewOf = (context: string): DashboardView =>
    world.dashboards[context] ?? { context, dashboards: [], rights: [], open: [] };
  const address = 'http://127.0.0.1:41999/.boathouse/open#token=sample';
  return {
    watch: async ({ context }, call) => createTopic<DashboardView>(() => viewOf(context)).open(call?.signal),
    look: async ({ context }) => viewOf(context),
    manifest: async () => ({ yaml: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: boathouse-dashboard\n' }),
    setUp: async (input) => started('dashboard.setUp', input),
    open: async (input) => {
      enter('dashboard.open', input);
      return { address, invitation: address, port: 41999, kind: 'headlamp', rights: input.rights ?? 'admin' };
    },
    token: async (input) => {
      enter('dashboard.token', input);
      return { token: 'eyJ.sample.token', expiresAt: '2026-03-14T10:26:53.000Z', rights: input.rights ?? 'admin' };
    },
    close: async () => ({ closed: 1 }),
    remove: async (input) => started('dashboard.remove', input),
  };
}
