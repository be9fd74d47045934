// The labels on a cluster's containers: kind's own, which make its programs see the cluster, and ours on top.
import type { NodeRole } from '../../../../../shared/model/cluster';

/** kind 0.33: the only state that kind keeps. */
export const kindLabels = {
  cluster: 'io.x-k8s.kind.cluster',
  role: 'io.x-k8s.kind.role',
} as const;

/** Absent on clusters that kind's own program made. */
export const ownLabels = {
  /** Version of Boathouse that made the container. */
  version: 'dev.boathouse.version',
  /** Id of the template. */
  template: 'dev.boathouse.template',
  /** Id of the operation that made the container. */
  operation: 'dev.boathouse.operation',
  /** Kubernetes version as the node image's `/kind/version` has it, where it was known at creation. */
  kubernetesVersion: 'dev.boathouse.kubernetes-version',
  /** On networks, which carry none of kind's labels: name of the cluster. */
  cluster: 'dev.boathouse.cluster',
  /** Host port of the API, on the container that publishes it: the engine lists none for a stopped container. */
  apiPort: 'dev.boathouse.api-port',
  /** Beside it: its host address, where that is not 127.0.0.1. */
  apiAddress: 'dev.boathouse.api-address',
  /** On containers of ports: the port as the template says it, in JSON. */
  port: 'dev.boathouse.port',
  /** Name of the template's pool that a node belongs to. */
  pool: 'dev.boathouse.pool',
  /** The node's static address: the engine shows none for a stopped container. */
  address: 'dev.boathouse.address',
} as const;

export interface OwnFacts {
  readonly version: string;
  readonly template?: string;
  readonly operation?: string;
  readonly kubernetesVersion?: string;
  readonly pool?: string;
}

/** The labels of a node's container. */
export function nodeLabels(cluster: string, role: NodeRole, address: string, facts: OwnFacts): Record<string, string> {
  return {
    [kindLabels.cluster]: cluster,
    [kindLabels.role]: role,
    [ownLabels.address]: address,
    ...ownFactLabels(facts),
  };
}

/** Our labels, on whatever containers, networks and volumes a cluster has. */
export function ownFactLabels(facts: OwnFacts): Record<string, string> {
  return {
    [ownLabels.version]: facts.version,
    ...(facts.template !== undefined && { [ownLabels.template]: facts.template }),
    ...(facts.operation !== undefined && { [ownLabels.operation]: facts.operation }),
    ...(facts.pool !== undefined && { [ownLabels.pool]: facts.pool }),
    ...(facts.kubernetesVersion !== undefined && { [ownLabels.kubernetesVersion]: facts.kubernetesVersion }),
  };
}
