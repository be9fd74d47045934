// Reads a text as a configuration of k3d, whichever kind and version it is of.

import type { TemplateProblem } from '../../../../shared/model/template/problem';
import { readConfig } from '../config';
import { type ConversionCode, type Converted, notCarried } from '../conversion';
import { located, problemAt, type YamlText } from '../document';
import { scalarAt } from '../places';
import { nameOf } from '../problems';
import { fromK3d } from './import';
import {
  clusterListSchema,
  clusterSchema,
  type K3dCluster,
  type K3dConfig,
  k3dApiVersion,
  simpleSchemas,
} from './schema';
import { variablesToParameters } from './variables';

type Read = Converted | { problems: TemplateProblem[] };

/** What k3d 5.9 makes of a text: of `kind: Simple` everything, of `Cluster` and `ClusterList`, which it writes itself, the nodes. */
export function readK3d(read: YamlText): Read {
  const version = String(scalarAt(read.document, ['apiVersion']));
  const kind = scalarAt(read.document, ['kind']);
  const known = Object.keys(simpleSchemas);
  if (!known.includes(version)) {
    const message = `apiVersion must be one of ${known.join(', ')}; k3d config migrate makes older ones newer`;
    return { problems: located(read, [problemAt(read.document, ['apiVersion'], message)]) };
  }
  const variables = variablesToParameters(read.document);
  if (kind === 'Cluster') {
    const found = readConfig(read, clusterSchema, { typed: true });
    return 'problems' in found ? found : fromClusters([found.config], '');
  }
  if (kind === 'ClusterList') {
    const found = readConfig(read, clusterListSchema, { typed: true });
    return 'problems' in found ? found : fromClusters(found.config.clusters, 'clusters');
  }
  const found = readConfig(read, simpleSchemas[version as keyof typeof simpleSchemas], { typed: true });
  return 'problems' in found ? found : refuseMistakes(read, found.config, variables);
}

function refuseMistakes(read: YamlText, config: K3dConfig, variables: readonly string[]): Read {
  const { mistakes, ...converted } = fromK3d(config, variables);
  if (mistakes.length === 0) return { name: config.metadata.name, variables, ...converted };
  const problems = mistakes.map(({ path, message }) =>
    problemAt(read.document, path, `${nameOf(path)} is not right: ${message}`),
  );
  return { problems: located(read, problems) };
}

/** The first cluster's nodes; the other clusters and everything else that is said of a node are left. */
function fromClusters(clusters: readonly K3dCluster[], list: string): Read {
  const [first, ...others] = clusters;
  const roles = first?.nodes.map(({ role }) => role) ?? [];
  const count = (wanted: string) => roles.filter((role) => role === wanted).length;
  const simple = simpleSchemas[k3dApiVersion].safeParse({
    apiVersion: k3dApiVersion,
    kind: 'Simple',
    metadata: { name: first?.name },
    servers: Math.max(1, count('server')),
    agents: count('agent'),
  });
  if (!simple.success) return { problems: [] };
  const above = list ? `${list}[0].` : '';
  const left = (field: string, code: ConversionCode, params = {}) => notCarried(field, code, params);
  const fields = Object.keys(first ?? {}).filter((key) => !['apiVersion', 'kind', 'name', 'nodes'].includes(key));
  const nodeFields = first?.nodes.flatMap((node, index) => {
    const extra = Object.keys(node).filter((key) => !['name', 'role'].includes(key));
    // The load balancer's work is done for every cluster.
    if (node.role === 'registry') return [left(`${above}nodes[${index}]`, 'k3d-registry')];
    return extra.map((key) => left(`${above}nodes[${index}].${key}`, 'k3d-written-by-k3d'));
  });
  const { mistakes: _none, ...converted } = fromK3d(simple.data, []);
  return {
    name: first?.name,
    ...converted,
    sourceOf: () => (list ? [list, 0, 'nodes'] : ['nodes']),
    notCarried: [
      ...converted.notCarried,
      ...fields.map((field) => left(`${above}${field}`, 'k3d-written-by-k3d')),
      ...(nodeFields ?? []),
      ...others.map(({ name }, index) => left(`${list}[${index + 1}]`, 'k3d-more-clusters', { name })),
    ],
  };
}
