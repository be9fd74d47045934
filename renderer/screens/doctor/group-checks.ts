// Puts checks in the order in which they matter: by what they protect, then the worst first.
import type { Check } from '../../../shared/model/diagnostics';

const groups: readonly Check['group'][] = ['engine', 'computer', 'network', 'clusters', 'kubeconfig'];
const worstFirst: readonly Check['verdict'][] = ['problem', 'warning', 'unknown', 'ok'];

/** Groups that have checks, each with its checks worst first. */
export function groupChecks(checks: readonly Check[]): [Check['group'], Check[]][] {
  return groups.flatMap((group): [Check['group'], Check[]][] => {
    const items = checks.filter((check) => check.group === group);
    if (items.length === 0) return [];
    return [[group, items.sort((a, b) => worstFirst.indexOf(a.verdict) - worstFirst.indexOf(b.verdict))]];
  });
}
