// Making a running cluster what a template says: the differences are found and told first, and what can be done is one change.
import type { Difference } from '../../../../shared/model/apply';
import type { CreateRequest } from '../../../../shared/model/cluster';
import { AppError } from '../../../../shared/model/errors';
import type { Plan } from '../../../../shared/model/operation';
import type { ClusterTemplate } from '../../../../shared/model/template';
import { changeable, preparedChange } from '../change/change';
import { suppliesFor } from '../change/supplies';
import type { ClusterDependencies } from '../dependencies';
import { checkPatches } from '../providers/kubeadm/refused';
import { refuseUnsupported } from '../unsupported';
import { wantedTemplate } from '../wanted-template';
import { compareCluster } from './compare';
import { observe } from './observe';

export type ApplyRequest = Pick<CreateRequest, 'name' | 'template' | 'parameters'>;

/**
 * What an apply would do; changes nothing. There is a plan when there is something to do and nothing takes a new cluster.
 * Throws what `applyTemplate` throws, apart from its refusal.
 */
export async function planApply(
  dependencies: ClusterDependencies,
  request: ApplyRequest,
): Promise<{ differences: Difference[]; plan?: Plan }> {
  const { differences, job } = await prepare(dependencies, request);
  return { differences, ...(job && { plan: job.plan }) };
}

/**
 * Starts the operation that makes a running cluster what the template says; there is none when it is that already.
 * Throws `not-found`, `not-ready`, `not-possible` (also when something takes a new cluster, with the list of that), `template-unknown`,
 * `template-invalid`, `template-unsupported`, `bad-input`, `port-taken`, `engine-unreachable`.
 */
export async function applyTemplate(
  dependencies: ClusterDependencies,
  request: ApplyRequest,
): Promise<{ differences: Difference[]; operationId?: string }> {
  const { differences, job, host } = await prepare(dependencies, request);
  const fixed = differences.filter(({ effort }) => effort === 'new-cluster');
  if (fixed.length > 0) throw needsNewCluster(request.name, fixed);
  return { differences, ...(job && (await dependencies.operations.start(job, host))) };
}

async function prepare(dependencies: ClusterDependencies, request: ApplyRequest) {
  const found = await changeable(dependencies, request.name);
  const { host } = found.engine.endpoint;
  const template: ClusterTemplate = await wantedTemplate(dependencies.options, request, host);
  refuseUnsupported(template);
  const observed = await observe(found.engine, found.cluster, AbortSignal.timeout(observeLimit));
  if (observed.provider === 'kubeadm') checkPatches(request.name, template, observed.kubernetesVersion);
  const differences = compareCluster(observed, template);
  const possible = differences.length > 0 && differences.every(({ effort }) => effort !== 'new-cluster');
  if (!possible) return { differences, host };
  const changes = differences.flatMap((one) => one.changes);
  const supplies = await suppliesFor(dependencies.options, found, changes, template);
  return { differences, job: preparedChange(dependencies, { ...found, supplies }, changes, template), host };
}

/** Milliseconds. */
const observeLimit = 30_000;

function needsNewCluster(name: string, fixed: readonly Difference[]): AppError {
  const lines = fixed.map(({ field, from, to, what }) => {
    const values = from === undefined && to === undefined ? '' : ` (${from ?? 'unset'} -> ${to ?? 'unset'})`;
    return `${field}${values}: ${what.text}`;
  });
  const fields = fixed.map(({ field }) => field).join(', ');
  return new AppError(
    'not-possible',
    `${name} cannot become what the template says without being made anew: ${fields}`,
    {
      params: { name, maker: 'boathouse', ability: 'change', why: 'new-cluster', fields },
      detail: lines.join('\n'),
      hints: [
        { text: 'Leave these as the cluster has them, or make a new cluster of the template.' },
        { text: `See all differences: boathouse apply ${name} --file FILE --dry-run` },
      ],
    },
  );
}
