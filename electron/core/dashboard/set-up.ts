// Setting a dashboard up as an operation: whom one is there, what it consists of, and waiting until it answers. What fails is taken back.
import type { V1Pod } from '@kubernetes/client-node';
import type { DashboardKind } from '../../../shared/model/dashboard';
import { AppError } from '../../../shared/model/errors';
import type { PlannedStep } from '../../../shared/model/operation';
import { applyManifest } from '../kube/apply';
import type { Kube } from '../kube/connect';
import { waitForObjects } from '../kube/wait';
import type { Job, StepAction } from '../operations/operation';
import { type FoundDashboard, lookForDashboards } from './look';
import { accessObjects, dashboardObjects, type WantedDashboard } from './manifests';
import { dashboardNamespace } from './place';
import { isReady, troubleOf } from './recognise';
import { removeEverything } from './remove';

/** Milliseconds in which a dashboard's image is fetched and it answers. */
const readyLimit = 300_000;

interface Request extends WantedDashboard {
  context: string;
  /** What the operation is said to work on. */
  subject: string;
  resources: string;
  connect(signal: AbortSignal): Promise<Kube>;
}

/** The job; a dashboard of another kind that is ours gives way. Throws `not-found` without a kind where there is no dashboard. */
export async function setUpJob(request: Request, signal: AbortSignal): Promise<Job> {
  const { context, subject, kind, rights } = request;
  const kube = await request.connect(signal);
  const before = await lookForDashboards(kube, signal);
  if (!kind && before.dashboards.length === 0) {
    throw new AppError('not-found', `There is no dashboard in ${context} yet`, { params: { what: context } });
  }
  const isNew = before.rights.length === 0 && !before.dashboards.some(({ ours }) => ours);
  const steps: [PlannedStep, StepAction][] = [];
  const add = (id: PlannedStep['kind'], title: string, weight: number, action: StepAction) => {
    const after = steps.map(([step]) => step.id).slice(-1);
    steps.push([{ id, kind: id, title, lane: 'cluster', weight, after }, action]);
  };
  add('dashboard-access', rights === 'admin' ? 'Making an administrator' : 'Making a reader', 1, async (step) => {
    if (isNew) step.undo(`dashboard in ${context}`, (within) => removeEverything(kube, within));
    await apply(kube, await accessObjects(request.resources, rights), step);
  });
  if (kind) {
    add('dashboard-objects', `Making ${kind}`, 1, async (step) => {
      await giveWay(kube, kind, before.dashboards, step.signal);
      await apply(kube, await dashboardObjects(request.resources, request), step);
    });
    add('dashboard-ready', `Waiting for ${kind}`, 15, (step) =>
      waitForPods(kube, kind, { signal: step.signal, onWaiting: (missing) => step.progress(undefined, missing) }),
    );
  }
  return {
    plan: { kind: 'dashboard', subject, steps: steps.map(([step]) => step) },
    actions: new Map(steps.map(([step, action]) => [step.id, action])),
  };
}

type Context = Parameters<StepAction>[0];

async function apply(kube: Kube, objects: Parameters<typeof applyManifest>[1], step: Context): Promise<void> {
  await applyManifest(kube, objects, { signal: step.signal, onObject: (name) => step.log(`apply ${name}`) });
}

/** Two dashboards of ours would be one too many. */
async function giveWay(
  kube: Kube,
  kind: DashboardKind,
  before: readonly FoundDashboard[],
  signal: AbortSignal,
): Promise<void> {
  const others = before.filter((one) => one.ours && one.kind !== kind);
  for (const { service } of others) {
    for (const list of [
      `/api/v1/namespaces/${dashboardNamespace}/services`,
      `/apis/apps/v1/namespaces/${dashboardNamespace}/deployments`,
    ]) {
      await kube.call({ method: 'DELETE', path: `${list}/${service}` }, signal);
    }
  }
}

interface Waiting {
  signal: AbortSignal;
  onWaiting(what: string): void;
}

async function waitForPods(kube: Kube, kind: DashboardKind, { signal, onWaiting }: Waiting): Promise<void> {
  const stop = new AbortController();
  const key = kind === 'headlamp' ? 'app.kubernetes.io/name' : 'k8s-app';
  const path = `/api/v1/namespaces/${dashboardNamespace}/pods?labelSelector=${encodeURIComponent(`${key}=${kind}`)}`;
  let trouble: ReturnType<typeof troubleOf>;
  const waiting = waitForObjects<V1Pod>(
    kube,
    path,
    (pods) => {
      const all = [...pods.values()];
      if (all.some(isReady)) return [];
      trouble = all.map(troubleOf).find(Boolean);
      if (trouble && trouble.reason !== 'Unschedulable') stop.abort();
      return [trouble ? `${kind}: ${trouble.reason}` : kind];
    },
    {
      signal: AbortSignal.any([signal, stop.signal]),
      limit: readyLimit,
      onWaiting: (missing) => onWaiting(missing.join(', ')),
    },
  );
  await waiting.catch((error: unknown) => {
    signal.throwIfAborted();
    throw trouble ? notComingUp(kind, trouble) : error;
  });
}

function notComingUp(kind: DashboardKind, trouble: NonNullable<ReturnType<typeof troubleOf>>): AppError {
  const { reason, message, image = kind } = trouble;
  if (/ImagePull|ErrImage|InvalidImageName/.test(reason)) {
    return new AppError('image-pull-failed', `The nodes cannot fetch ${image}`, {
      params: { image },
      detail: message,
      hints: [
        {
          text: `Load it from this computer (docker pull, then boathouse images load), and set the dashboard up again.`,
        },
        { text: 'Or name the same image in a registry that the nodes reach: boathouse dashboard NAME --image IMAGE' },
      ],
    });
  }
  return new AppError('not-ready', `${kind} does not come up: ${reason}`, {
    params: { what: kind, seconds: Math.round(readyLimit / 1000) },
    detail: message,
  });
}
