// Rollout restarts, so that pods run the image that their tag means now; and waiting until they do.
import type { Cluster } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import type { StaleWorkload } from '../../../shared/model/images';
import { connectAsAdmin } from '../clusters/admin';
import type { ClusterDependencies } from '../clusters/dependencies';
import { findCluster, providerOf } from '../clusters/find';
import type { Kube } from '../kube/connect';
import { restartRollout, waitForRollout } from '../kube/rollout';
import type { StepContext } from '../operations/operation';
import { explainFailure } from '../problems/explain';
import { podsOf } from './list';
import { staleWorkloads } from './stale';
import { surveyNodes } from './transfer';

export type Workload = Pick<StaleWorkload, 'kind' | 'namespace' | 'name'>;

/** Starts the operation that restarts workloads. Throws `not-found`, `engine-unreachable`. */
export async function restartWorkloads(
  dependencies: ClusterDependencies,
  name: string,
  workloads: readonly Workload[],
) {
  const { engine, cluster } = await findCluster(dependencies, name);
  const steps = workloads.map((workload) => ({
    id: `workload-restart:${wordsOf(workload)}`,
    kind: 'workload-restart' as const,
    title: `Restarting ${wordsOf(workload)}`,
    lane: 'cluster',
    weight: 3,
    after: [],
    command: `kubectl rollout restart -n ${workload.namespace} ${workload.kind.toLowerCase()}/${workload.name}`,
  }));
  const access = providerOf(dependencies, cluster).access;
  const actions = new Map(
    workloads.map((workload, index) => [
      steps[index]?.id ?? '',
      async ({ signal, progress }: Pick<StepContext, 'signal' | 'progress'>) => {
        const kube = await connectAsAdmin(engine, cluster, signal, access);
        await restartOne(kube, workload, signal, (note) => progress(undefined, note));
      },
    ]),
  );
  const explain = (error: AppError) => explainFailure(error, { cluster: name, kept: false });
  return dependencies.operations.start(
    { plan: { kind: 'change', subject: name, steps }, actions, explain },
    engine.endpoint.host,
  );
}

type Telling = Pick<StepContext, 'signal' | 'log' | 'progress'>;

/** Restarts what runs an older image under one of the names, on any of the nodes. */
export async function restartStale(
  dependencies: ClusterDependencies,
  cluster: Cluster,
  nodes: readonly string[],
  names: readonly string[],
  { signal, log, progress }: Telling,
): Promise<void> {
  const engine = await dependencies.engine(signal);
  const [{ stores }, pods] = await Promise.all([
    surveyNodes(engine, nodes, signal),
    podsOf(dependencies, engine, cluster, signal),
  ]);
  const stale = staleWorkloads({ stores, pods: pods ?? [] }, names);
  const able = stale.filter(({ kind }) => kind !== 'Pod');
  for (const pod of stale.filter(({ kind }) => kind === 'Pod')) {
    log(`${wordsOf(pod)} runs the old image; nothing would bring it back, so it was left as it is`);
  }
  if (able.length === 0) return;
  const kube = await connectAsAdmin(engine, cluster, signal, providerOf(dependencies, cluster).access);
  await Promise.all(
    able.map(async (workload) => {
      await restartOne(kube, workload, signal, (note) => progress(undefined, note));
      log(`restarted ${wordsOf(workload)}`);
    }),
  );
}

/** Throws `not-possible` for a pod that nothing would bring back, `kubernetes-refused`, `not-ready`. */
async function restartOne(
  kube: Kube,
  workload: Workload,
  signal: AbortSignal,
  tell: (note: string) => void,
): Promise<void> {
  const { kind, namespace, name } = workload;
  if (kind === 'Pod') {
    throw new AppError('not-possible', `Nothing would bring the pod ${name} back`, {
      params: { name, maker: 'kubernetes', ability: 'images', why: 'bare-pods' },
      hints: [{ text: 'Delete it and make it again, or put it into a Deployment.' }],
    });
  }
  const list = `/apis/apps/v1/namespaces/${namespace}/${kind.toLowerCase()}s`;
  const what = wordsOf(workload);
  const generation = await restartRollout(kube, `${list}/${name}`, what, signal);
  await waitForRollout(kube, { list, name, what, generation }, { signal, tell });
}

function wordsOf({ kind, namespace, name }: Workload): string {
  return `${kind.toLowerCase()} ${namespace}/${name}`;
}
