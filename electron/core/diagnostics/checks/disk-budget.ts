// Do clusters, registries and caches take more of the disk than their user wants them to?
import { type Checkup, type Finding, findingsOf, type Surroundings } from '../check';

const gigabyte = 1e9;

const why = 'The settings say how much clusters, registries and caches may take on the disk of the engine.';

const words = {
  'budget-kept': { title: 'Disk that Boathouse takes', evidence: '{{taken}} GB of {{budget}} GB', why },
  'budget-over': {
    title: 'Boathouse takes more of the disk than it should',
    evidence: '{{taken}} GB of {{budget}} GB; most of it: {{most}}',
    why,
    advice: 'See who takes it with "boathouse disk usage"; delete what is not needed, or allow more in the settings.',
  },
};
const finding = findingsOf('computer', words);

export const diskBudgetCheckup: Checkup = { words, examine };

async function examine({ diskBudget, taken }: Surroundings): Promise<Finding[]> {
  if (diskBudget === 0) return [];
  const owners = await taken();
  const bytes = owners.reduce((sum, owner) => sum + owner.bytes, 0);
  const params = { taken: (bytes / gigabyte).toFixed(1), budget: diskBudget };
  const id = 'disk-budget';
  if (bytes <= diskBudget * gigabyte) return [finding({ id, code: 'budget-kept', verdict: 'ok', params })];
  const [most] = owners.toSorted((one, other) => other.bytes - one.bytes);
  const named = { ...params, most: most?.name ?? '-' };
  return [finding({ id, code: 'budget-over', verdict: 'warning', params: named })];
}
