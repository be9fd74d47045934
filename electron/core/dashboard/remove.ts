// Taking away everything that was set up for dashboards; what was in the cluster before stays.
import type { KubernetesObject } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import type { Kube } from '../kube/connect';
import { Refusal } from '../kube/request';
import { waitForObjects } from '../kube/wait';
import type { Job } from '../operations/operation';
import { isOurs } from './look';
import { dashboardNamespace, owner, ownerLabel } from './place';

/** Milliseconds for a namespace to be emptied. */
const goneLimit = 120_000;

const roles = '/apis/rbac.authorization.k8s.io/v1';
const namespaces = '/api/v1/namespaces';

interface Request {
  context: string;
  subject: string;
  connect(signal: AbortSignal): Promise<Kube>;
  /** Shuts the doors to it. */
  close(): Promise<unknown>;
}

/** Throws `not-found` where nothing of ours is there. */
export async function removeJob({ context, subject, connect, close }: Request, signal: AbortSignal): Promise<Job> {
  const kube = await connect(signal);
  if (!(await isThere(kube, signal))) {
    throw new AppError('not-found', `Boathouse has set up no dashboard in ${context}`, { params: { what: context } });
  }
  const id = 'dashboard-remove';
  const step = { id, kind: id, title: 'Removing the dashboard', lane: 'cluster', weight: 8, after: [] } as const;
  return {
    plan: { kind: 'dashboard', subject, steps: [{ ...step, after: [] }] },
    actions: new Map([
      [
        id,
        async ({ signal: within, progress }) => {
          await close();
          await removeEverything(kube, within, (missing) => progress(undefined, missing));
        },
      ],
    ]),
  };
}

async function isThere(kube: Kube, signal: AbortSignal): Promise<boolean> {
  const objects = await Promise.all(
    [namespaces, `${roles}/clusterrolebindings`].map((list) => ours(kube, list, signal)),
  );
  return objects.flat().length > 0;
}

async function ours(kube: Kube, list: string, signal: AbortSignal): Promise<KubernetesObject[]> {
  const selected = `${list}?labelSelector=${encodeURIComponent(`${ownerLabel}=${owner}`)}`;
  const { items } = await kube.get<{ items: KubernetesObject[] }>(selected, signal);
  return items.filter((object) => isOurs(object) && object.metadata?.name?.startsWith(dashboardNamespace));
}

/** Rights go first, so that no token is good for anything from then on. Resolves when the namespace is gone. */
export async function removeEverything(
  kube: Kube,
  signal: AbortSignal,
  onWaiting: (what: string) => void = () => {},
): Promise<void> {
  for (const list of [`${roles}/clusterrolebindings`, `${roles}/clusterroles`, namespaces]) {
    for (const { metadata } of await ours(kube, list, signal)) {
      await kube.call({ method: 'DELETE', path: `${list}/${metadata?.name}` }, signal).catch((error: unknown) => {
        if (!(error instanceof Refusal && error.code === 404)) throw error;
      });
    }
  }
  await waitForObjects(
    kube,
    `${namespaces}?fieldSelector=metadata.name%3D${dashboardNamespace}`,
    (left) => (left.size === 0 ? [] : [`namespace ${dashboardNamespace}`]),
    { signal, limit: goneLimit, onWaiting: (missing) => onWaiting(missing.join(', ')) },
  );
}
