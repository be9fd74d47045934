// Changing a running cluster: each wish becomes a part of one plan, which is shown first and then run as one operation.
import { randomUUID } from 'node:crypto';
import { type ClusterChange, portText } from '../../../../shared/model/change';
import type { Cluster } from '../../../../shared/model/cluster';
import type { PlannedStep } from '../../../../shared/model/operation';
import type { ClusterTemplate } from '../../../../shared/model/template';
import type { Engine } from '../../engine/engine';
import type { Job, StepAction } from '../../operations/operation';
import type { CoreOptions } from '../../options';
import { explainFailure } from '../../problems/explain';
import { refuseUnable } from '../able';
import { found } from '../bootstrap/building';
import type { ClusterDependencies } from '../dependencies';
import { noApi } from '../failures';
import { findCluster } from '../find';
import { recordTemplate } from '../recorded';
import { preparingForSeveral } from './endpoint';
import type { LiveCluster } from './live-cluster';
import { labelling, limiting, tainting } from './node-settings';
import { type Entered, type Part, partOf } from './part';
import { closing, opening } from './ports';
import { type Supplies, suppliesFor } from './supplies';
import { refuseTakenPorts } from './taken-ports';
import { waysOf } from './ways';

const survey: PlannedStep = {
  id: 'cluster-survey',
  kind: 'cluster-survey',
  title: 'Looking at the cluster',
  lane: 'cluster',
  weight: 0.5,
  after: [],
};

/** What changes would do; changes nothing. Throws what `changeCluster` throws. */
export async function planChange(dependencies: ClusterDependencies, name: string, changes: readonly ClusterChange[]) {
  const { job } = await prepare(dependencies, name, changes);
  return { plan: job.plan };
}

/**
 * Starts the operation that changes a running cluster.
 * Throws `not-found` (the cluster, a node, a port), `not-possible`, `not-ready` (it does not run), `port-taken`, `bad-input`,
 * `engine-unreachable`.
 */
export async function changeCluster(
  dependencies: ClusterDependencies,
  name: string,
  changes: readonly ClusterChange[],
) {
  const { engine, job } = await prepare(dependencies, name, changes);
  return dependencies.operations.start(job, engine.endpoint.host);
}

async function prepare(dependencies: ClusterDependencies, name: string, changes: readonly ClusterChange[]) {
  const found = await changeable(dependencies, name);
  const { engine, cluster } = found;
  await refuseTakenPorts(engine, cluster, changes);
  const supplies = await suppliesFor(dependencies.options, found, changes);
  return { engine, job: preparedChange(dependencies, { engine, cluster, supplies }, changes) };
}

interface Changeable {
  readonly engine: Engine;
  readonly cluster: Cluster;
}

/** A cluster that can be changed now. Throws `not-found`, `not-possible`, `not-ready`, `engine-unreachable`. */
export async function changeable(dependencies: ClusterDependencies, name: string): Promise<Changeable> {
  const { engine, cluster } = await findCluster(dependencies, name);
  refuseUnable(cluster, 'change');
  if (runningControlPlanes(cluster).length === 0) throw noApi(name);
  return { engine, cluster };
}

function runningControlPlanes({ nodes }: Cluster) {
  return nodes.filter(({ role, state }) => role === 'control-plane' && state === 'running');
}

/** The job that does all changes as one; `applied`: what the cluster is to be like, which it remembers at the end. */
export function preparedChange(
  dependencies: Pick<ClusterDependencies, 'options'>,
  { engine, cluster, supplies }: Changeable & { readonly supplies: Supplies },
  changes: readonly ClusterChange[],
  applied?: ClusterTemplate,
): Job {
  let live: LiveCluster | undefined;
  const entered = enteredWith(dependencies.options, cluster, changes, supplies, () => found(live, 'the cluster'));
  const parts = changes.map((change, index) => partFor(entered, change, index));
  if (entered.several) parts.unshift(partOf(preparingForSeveral(entered)));
  if (applied) parts.push(remembering(entered, applied, parts));
  const actions = new Map<string, StepAction>(parts.flatMap((part) => [...part.actions]));
  actions.set(survey.id, async ({ signal }) => {
    live = await entered.ways.enter(engine, cluster, entered.leaving, signal);
  });
  const { name } = cluster;
  return {
    plan: {
      kind: 'change',
      subject: name,
      steps: [survey, ...parts.flatMap(({ steps }) => steps).map((step) => afterEndpoint(entered, step))],
    },
    actions,
    explain: (error) => explainFailure(error, { cluster: name, kept: false }),
  };
}

/** A node is not taken away while it learns another way to the API. */
function afterEndpoint({ several }: Entered, step: PlannedStep): PlannedStep {
  return several && step.kind === 'node-delete' ? { ...step, after: [...step.after, 'endpoint'] } : step;
}

function enteredWith(
  options: CoreOptions,
  cluster: Cluster,
  changes: readonly ClusterChange[],
  supplies: Supplies,
  live: Entered['live'],
): Entered {
  const leads = cluster.nodes.filter(({ role }) => role === 'control-plane');
  const ways = waysOf(cluster);
  return {
    ways,
    cluster,
    options,
    supplies,
    operation: randomUUID(),
    coming: [],
    fetched: new Set(),
    leaving: new Set(changes.flatMap((change) => (change.kind === 'remove-node' ? [change.node] : []))),
    closing: new Set(changes.flatMap((change) => (change.kind === 'close-port' ? [portText(change.port)] : []))),
    several:
      ways.movesEndpoint &&
      changes.some(
        (change) =>
          (change.kind === 'add-nodes' && change.role === 'control-plane') ||
          (change.kind === 'remove-node' && leads.some(({ name }) => name === change.node)),
      ),
    etcd: {
      members: new Set(leads.map(({ name }) => name)),
      well: new Set(runningControlPlanes(cluster).map(({ name }) => name)),
      lastJoin: survey.id,
      last: survey.id,
    },
    replaced: survey.id,
    live,
  };
}

/** The last step of an apply. */
function remembering(entered: Entered, template: ClusterTemplate, parts: readonly Part[]): Part {
  return partOf([
    {
      id: 'template-store',
      kind: 'cluster-config',
      title: 'Remembering the template',
      lane: 'cluster',
      weight: 0.2,
      after: [survey.id, ...parts.flatMap((part) => part.steps.map(({ id }) => id))],
    },
    ({ signal }) => {
      const { engine, members } = entered.live();
      const leads = members.all().filter(({ role }) => role === 'control-plane');
      return recordTemplate(
        engine,
        leads.map(({ name }) => name),
        template,
        signal,
      );
    },
  ]);
}

function partFor(entered: Entered, change: ClusterChange, index: number): Part {
  const { ways } = entered;
  switch (change.kind) {
    case 'open-port':
      return opening(entered, change, index);
    case 'close-port':
      return closing(entered, change);
    case 'add-nodes':
      return ways.add(entered, change);
    case 'remove-node':
      return ways.remove(entered, change);
    case 'replace-node':
      return ways.replace(entered, change);
    case 'limit-node':
      return limiting(entered, change);
    case 'label-node':
      return labelling(entered, change);
    case 'set-mirrors':
      return ways.mirrors(entered, change);
    case 'taint-node':
      return tainting(entered, change);
  }
}
