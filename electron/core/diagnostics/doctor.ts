// The doctor: runs every check side by side, and mends what a finding offers to mend.
import type { Check } from '../../../shared/model/diagnostics';
import { AppError, asAppError } from '../../../shared/model/errors';
import type { Sentence } from '../../../shared/model/sentence';
import type { WantedCluster } from '../clusters/wanted';
import { type Checkup, type Finding, findingsOf, type Surroundings } from './check';
import { clockCheckup } from './checks/clock';
import { clustersCheckup } from './checks/clusters';
import { contextFaultsCheckup } from './checks/context-faults';
import { contextsCheckup } from './checks/contexts';
import { diskCheckup } from './checks/disk';
import { diskBudgetCheckup } from './checks/disk-budget';
import { engineCheckup } from './checks/engine';
import { kubeconfigCheckup } from './checks/kubeconfig';
import { leftoversCheckup } from './checks/leftovers';
import { memoryCheckup } from './checks/memory';
import { portsCheckup } from './checks/ports';
import { proxiesCheckup } from './checks/proxies';
import { subnetsCheckup } from './checks/subnets';
import { watchesCheckup } from './checks/watches';

const checkups: readonly Checkup[] = [
  engineCheckup,
  clockCheckup,
  memoryCheckup,
  diskCheckup,
  diskBudgetCheckup,
  watchesCheckup,
  subnetsCheckup,
  proxiesCheckup,
  portsCheckup,
  clustersCheckup,
  leftoversCheckup,
  kubeconfigCheckup,
  contextsCheckup,
  contextFaultsCheckup,
];

const ownWords = {
  'check-failed': {
    title: 'A check could not be made',
    evidence: '{{reason}}',
    why: 'Whatever it would have found is not known.',
  },
};
const finding = findingsOf('engine', ownWords);

/** English words of every check, by code. */
export const checkWords: Checkup['words'] = Object.assign({}, ownWords, ...checkups.map(({ words }) => words));

async function examineAll(surroundings: Surroundings): Promise<Finding[]> {
  const found = await Promise.all(
    checkups.map((checkup, index) => checkup.examine(surroundings).catch((error) => [notMade(error, index)])),
  );
  return found.flat();
}

function notMade(thrown: unknown, index: number): Finding {
  const error = asAppError(thrown);
  const params = { reason: error.message };
  return finding({
    id: `check-failed:${index}`,
    code: 'check-failed',
    verdict: 'unknown',
    params,
    error: error.toData(),
  });
}

/** Every check's verdict; those whose id is among `muted` are marked so. */
export async function checkAll(surroundings: Surroundings, muted: readonly string[]): Promise<Check[]> {
  const findings = await examineAll(surroundings);
  return findings.map(({ check }) => (muted.includes(check.id) ? { ...check, muted: true } : check));
}

/** What speaks against making a cluster, or for being careful with it, without what is well or muted. */
export async function checkFor(
  surroundings: Surroundings,
  wanted: WantedCluster,
  muted: readonly string[],
): Promise<Check[]> {
  const found = await Promise.all(
    // What cannot be found out is no reason to doubt.
    checkups.map(({ examineFor }) => examineFor?.(surroundings, wanted).catch(() => []) ?? []),
  );
  const checks = found.flatMap((findings) => findings.map(({ check }) => check));
  return checks.filter(({ verdict, id }) => verdict !== 'ok' && !muted.includes(id));
}

/** Does what the check's `fix` says and returns what was done, in words. Throws `not-found` when there is nothing to mend. */
export async function fix(surroundings: Surroundings, id: string): Promise<Sentence> {
  const finding = (await examineAll(surroundings)).find(({ check }) => check.id === id);
  if (!finding?.mend) {
    throw new AppError('not-found', `There is nothing to mend about ${id}`, { params: { what: id } });
  }
  return finding.mend();
}
