// A part of a change: the steps that one wish takes, and what each of them does.
import type { Cluster } from '../../../../shared/model/cluster';
import type { PlannedStep } from '../../../../shared/model/operation';
import type { StepAction } from '../../operations/operation';
import type { CoreOptions } from '../../options';
import type { LiveCluster } from './live-cluster';
import type { Company } from './new-nodes';
import type { Pooled } from './pool-of';
import type { Supplies } from './supplies';

/** The cluster that is changed, as the parts of a change know it. */
export interface Entered {
  readonly cluster: Cluster;
  readonly options: CoreOptions;
  /** What nodes that come are made of. */
  readonly supplies: Supplies;
  /** Marks what the change makes. */
  readonly operation: string;
  /** Nodes that earlier parts add. */
  readonly coming: Pooled[];
  /** Names of nodes that the change takes away. */
  readonly leaving: ReadonlySet<string>;
  /** Ports, as texts, that the change closes. */
  readonly closing: ReadonlySet<string>;
  /** Images that earlier parts fetch. */
  readonly fetched: Set<string>;
  /** Whether control planes come or go, for which all nodes, new ones too, reach the API at the entrance. */
  readonly several: boolean;
  readonly etcd: EtcdPlan;
  /** The step that the next replacement of a node comes after: one at a time. */
  replaced: string;
  /** Known once the first step has run. */
  live(): LiveCluster;
}

/** What etcd is going to be, as far as the change is planned: members come and go one after another. */
export interface EtcdPlan {
  /** Names of its members, and of those whose nodes run. */
  readonly members: Set<string>;
  readonly well: Set<string>;
  /** The steps that the next member joins after, and that the next control plane comes or goes after. */
  lastJoin: string;
  last: string;
}

export interface Part {
  readonly steps: readonly PlannedStep[];
  readonly actions: ReadonlyMap<string, StepAction>;
}

export type StepPair = readonly [PlannedStep, StepAction];

/** A part from pairs of step and action. */
export function partOf(...pairs: readonly StepPair[]): Part {
  return {
    steps: pairs.map(([step]) => step),
    actions: new Map(pairs.map(([step, action]) => [step.id, action])),
  };
}

/** The cluster as the nodes of the next part come into it. */
export function companyOf({ cluster, coming, leaving, supplies: { template } }: Entered): Company {
  const staying = cluster.nodes.filter(({ name }) => !leaving.has(name));
  return { cluster: cluster.name, nodes: [...staying, ...coming], leaving, template };
}
