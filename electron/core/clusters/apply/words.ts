// What an apply says of its differences.

import type { Difference, Effort } from '../../../../shared/model/apply';
import type { ClusterChange } from '../../../../shared/model/change';
import { type Blanks, fillBlanks } from '../../../../shared/model/sentence';

/** English, by code. */
export const applyWords = {
  'nodes-added': 'Adds {{count}} to {{pool}}.',
  'nodes-removed': 'Moves the pods of {{nodes, list}} away and deletes them.',
  'labels-set': 'Sets the labels of {{nodes, list}}: {{labels, list}}.',
  'taints-set': 'Sets the taints of {{nodes, list}}.',
  'limits-set': 'Sets what {{nodes, list}} may use, while they run.',
  'limits-lifted':
    'A limit can be changed but not lifted while a node runs: {{nodes, list}} are made anew one after another.',
  'nodes-replaced': '{{nodes, list}} are made anew one after another; their pods move meanwhile.',
  'port-opened': 'Opens {{port}}; nodes and other ports do not notice.',
  'port-closed': 'Closes {{port}}; nodes and other ports do not notice.',
  'port-moved': 'Leads {{port}} somewhere else; nodes and other ports do not notice.',
  'mirrors-set': 'Tells the nodes where else to fetch images from.',
  fixed: 'It is fixed when a cluster is made.',
  'control-planes-stay': 'It is fixed when a node is made, and control planes are not made anew: {{nodes, list}}.',
  'version-fixed': 'Nodes of another version of Kubernetes do not join this one: {{from}} is what it runs.',
} as const;

interface About {
  field: string;
  from?: string | undefined;
  to?: string | undefined;
  nodes?: readonly string[];
  changes?: ClusterChange[];
}

export function difference(
  effort: Effort,
  code: keyof typeof applyWords,
  { field, from, to, nodes = [], changes = [] }: About,
  params: Blanks = {},
): Difference {
  const blanks = { nodes: [...nodes], ...(from !== undefined && { from }), ...params };
  return {
    effort,
    field,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    nodes: [...nodes],
    what: { code, params: blanks, text: fillBlanks(applyWords[code], blanks) },
    changes,
  };
}

/** Two values that JSON would write alike, whatever the order of their fields; what is absent is as good as undefined. */
export function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );
}
