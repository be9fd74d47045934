// A part of a change: the steps that one wish takes, and what each of them does.
import type { ClusterChange } from '../../../../shared/model/change';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import type { PlannedStep } from '../../../../shared/model/operation';
import type { Engine } from '../../engine/engine';
import type { StepAction, StepContext } from '../../operations/operation';
import type { CoreOptions } from '../../options';
import type { LiveCluster } from './live-cluster';
import type { Company } from './new-nodes';
import type { Pooled } from './pool-of';
import type { Supplies } from './supplies';

type Wish<Kind extends ClusterChange['kind']> = Extract<ClusterChange, { kind: Kind }>;

/** What changing means for clusters of one provider; what it has no word for is the same for all. */
export interface ChangeWays {
  /** `leaving`: names of nodes that will be gone. Throws `not-ready` when the cluster does not run. */
  enter(engine: Engine, cluster: Cluster, leaving: ReadonlySet<string>, signal: AbortSignal): Promise<LiveCluster>;
  /** What the names of its nodes have in front, without the dash after it, and the rest of the name of one that comes. */
  naming(cluster: Cluster): Pick<Company, 'cluster' | 'nameOf'>;
  /** Nodes that come change where the others reach the API. */
  readonly movesEndpoint: boolean;
  add(entered: Entered, change: Wish<'add-nodes'>): Part;
  remove(entered: Entered, change: Wish<'remove-node'>): Part;
  replace(entered: Entered, change: Wish<'replace-node'>): Part;
  mirrors(entered: Entered, change: Wish<'set-mirrors'>): Part;
  /** Asked when a control plane is about to go. Throws `not-possible`. */
  refuseToLose(live: LiveCluster, node: ClusterNode, signal: AbortSignal): Promise<void>;
  /** Takes a drained node out of the cluster and deletes its container: from then on there is no way back. */
  takeOut(live: LiveCluster, node: ClusterNode, context: Pick<StepContext, 'signal' | 'progress'>): Promise<void>;
}

/** The cluster that is changed, as the parts of a change know it. */
export interface Entered {
  readonly ways: ChangeWays;
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
export function companyOf({ ways, cluster, coming, leaving, supplies: { template } }: Entered): Company {
  const staying = cluster.nodes.filter(({ name }) => !leaving.has(name));
  return { ...ways.naming(cluster), nodes: [...staying, ...coming], leaving, template };
}
