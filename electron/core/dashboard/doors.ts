// The doors to dashboards that this core has open: one for each context and the rights in it.
import { type DashboardRights, dashboardRights, type OpenedDashboard } from '../../../shared/model/dashboard';
import { AppError } from '../../../shared/model/errors';
import type { Kube } from '../kube/connect';
import { createLiveValue, type LiveValue } from '../live/value';
import { type Connect, type Door, openDoor } from './door';
import { type FoundDashboard, lookForDashboards, type Sight } from './look';
import { accountOf } from './place';
import { type IssuedToken, issueToken } from './token';

export interface Doors {
  /** Opens one, or invites to the one that is open. Throws `not-found`, `not-ready`, `kubernetes-refused`. */
  open(context: string, rights: DashboardRights | undefined, signal: AbortSignal): Promise<OpenedDashboard>;
  /** Resolves with how many were open. */
  close(context: string): Promise<number>;
  state: LiveValue<readonly Pick<Door, 'context' | 'rights' | 'proxy'>[]>;
  dispose(): Promise<void>;
}

export function createDoors(connect: Connect): Doors {
  const state = createLiveValue<readonly Door[]>([]);
  const find = (context: string, rights: DashboardRights | undefined) =>
    state.get().find((door) => door.context === context && (rights === undefined || door.rights === rights));

  async function closeAll(doors: readonly Door[]): Promise<void> {
    state.set(state.get().filter((door) => !doors.includes(door)));
    await Promise.all(doors.map((door) => door.close()));
  }

  return {
    state,
    async open(context, rights, signal) {
      const open = find(context, rights);
      if (open) return openedAs(open);
      const kube = await connect(context, signal);
      const sight = await lookForDashboards(kube, signal);
      const dashboard = chooseDashboard(sight, context);
      const as = chooseRights(sight, context, rights);
      const door = await openDoor({ context, rights: as, dashboard, kube, connect });
      state.set([...state.get(), door]);
      return openedAs(door);
    },
    async close(context) {
      const doors = state.get().filter((door) => door.context === context);
      await closeAll(doors);
      return doors.length;
    },
    dispose: () => closeAll(state.get()),
  };
}

function openedAs({ proxy, kind, rights }: Door): OpenedDashboard {
  return { address: proxy.address, invitation: proxy.invite(), port: proxy.port, kind, rights };
}

/** Ours goes first, and one that is up. Throws `not-found`, `not-ready`. */
export function chooseDashboard({ dashboards }: Pick<Sight, 'dashboards'>, context: string): FoundDashboard {
  const [first] = dashboards;
  if (!first) {
    throw new AppError('not-found', `There is no dashboard in ${context}`, {
      params: { what: context },
      hints: [{ text: `Set one up with: boathouse dashboard ${context}` }],
    });
  }
  const up = dashboards.find(({ ready }) => ready > 0);
  if (up) return up;
  throw new AppError('not-ready', `The dashboard ${first.namespace}/${first.service} has no pod that is ready`, {
    params: { what: `${first.namespace}/${first.service}`, seconds: 0 },
    hints: [{ text: `See why: kubectl --context ${context} -n ${first.namespace} get pods` }],
  });
}

/** Throws `not-found` where these rights, or any, are not set up. */
export function chooseRights(
  { rights: there }: Pick<Sight, 'rights'>,
  context: string,
  wanted: DashboardRights | undefined,
): DashboardRights {
  const chosen = wanted ?? dashboardRights.toReversed().find((rights) => there.includes(rights));
  if (chosen && there.includes(chosen)) return chosen;
  const option = wanted === 'read-only' ? ' --read-only' : '';
  throw new AppError('not-found', `Nobody is set up in ${context} to open its dashboard as`, {
    params: { what: wanted ?? context },
    hints: [{ text: `Set it up with: boathouse dashboard ${context}${option}` }],
  });
}

/** A token for people, besides those of doors. Throws what opening a door does. */
export async function tokenFor(
  kube: Kube,
  context: string,
  wanted: DashboardRights | undefined,
  signal: AbortSignal,
): Promise<IssuedToken & { rights: DashboardRights }> {
  const rights = chooseRights(await lookForDashboards(kube, signal), context, wanted);
  return { ...(await issueToken(kube, accountOf(rights), signal)), rights };
}
