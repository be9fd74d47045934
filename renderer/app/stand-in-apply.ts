// What the stand-in's clusters keep of their templates, and what another template would change of them: in small what the core says.
import type { Difference } from '../../shared/model/apply';
import { type ClusterChange, clusterChangeSchema } from '../../shared/model/change';
import type { TemplateEntry } from '../../shared/model/template/entry';
import type { Wanted } from '../screens/cluster/template/use-differences';
import { changePlanOf } from './stand-in-plan';
import { readText } from './stand-in-templates';

interface Known {
  templates: readonly TemplateEntry[];
  kept: Readonly<Record<string, string>>;
  changedSince: Readonly<Record<string, readonly Difference[]>>;
}

/** Differences in the number of workers, in the pods' addresses, and what the world says of by itself. */
export function applyAnswer(world: Known, { name, template }: Wanted & { name: string }) {
  const text = 'yaml' in template ? template.yaml : (world.templates.find(({ id }) => id === template.id)?.yaml ?? '');
  const [before, after] = [world.kept[name] ?? '', text].map((yaml) => readText(yaml).template?.spec);
  const workers = (spec: typeof before) =>
    (spec?.nodes ?? []).reduce((sum, { role, count }) => sum + (role === 'worker' ? count : 0), 0);
  const podSubnet = { from: before?.networking.podSubnet ?? '', to: after?.networking.podSubnet ?? '' };
  const differences = [
    ...(podSubnet.from === podSubnet.to ? [] : [fixed('networking.podSubnet', podSubnet)]),
    ...resized(name, workers(before), workers(after)),
    ...(world.changedSince[name] ?? []),
  ];
  const possible = differences.length > 0 && differences.every(({ effort }) => effort !== 'new-cluster');
  const changes = differences.flatMap((one) => one.changes);
  return { differences, ...(possible && { plan: changePlanOf(name, changes) }) };
}

function fixed(field: string, values: { from: string; to: string }): Difference {
  const what = { code: 'fixed', text: 'It is fixed when a cluster is made.' };
  return { effort: 'new-cluster', field, ...values, nodes: [], what, changes: [] };
}

function resized(name: string, from: number, to: number): Difference[] {
  if (from === to) return [];
  const about = { effort: 'in-place' as const, field: 'nodes[worker].count', from: `${from}`, to: `${to}` };
  if (to > from) {
    const add = clusterChangeSchema.parse({
      kind: 'add-nodes',
      count: to - from,
      labels: {},
      taints: [],
      resources: {},
    });
    const what = {
      code: 'nodes-added',
      params: { count: to - from, pool: 'worker' },
      text: `Adds ${to - from} to worker.`,
    };
    return [{ ...about, nodes: [], what, changes: [add] }];
  }
  const nodes = Array.from(
    { length: from - to },
    (_, index) => `${name}-worker${from - index === 1 ? '' : from - index}`,
  );
  const changes = nodes.map((node): ClusterChange => ({ kind: 'remove-node', node, force: false }));
  const what = { code: 'nodes-removed', params: { nodes }, text: `Moves the pods of ${nodes} away and deletes them.` };
  return [{ ...about, nodes, what, changes }];
}
