// What a provider of clusters must know and do: recognise its own among the engine's containers, reach their API, run their verbs.
import type { Cluster, CreateRequest, Provider } from '../../../../shared/model/cluster';
import type { OperationKind, Plan } from '../../../../shared/model/operation';
import type { ClusterTemplate } from '../../../../shared/model/template';
import type { Engine } from '../../engine/engine';
import type { KubeconfigOptions } from '../../kubeconfig/files';
import type { Job } from '../../operations/operation';
import type { CoreOptions } from '../../options';
import type { ListedContainer } from '../listed';

/** What a provider reads from its containers; state and surroundings are the same for all. */
export type RecognisedCluster = Omit<Cluster, 'state' | 'current' | 'operationId'>;

/** How a cluster's API is reached from this computer. */
export interface AdminAccess {
  /** An administrator's kubeconfig (YAML) with one cluster, one context and one user, whatever their names. */
  adminConf: string;
  /** E.g. `https://127.0.0.1:41234` */
  server: string;
}

/** What verbs on a cluster need of the rest of the core. */
export interface VerbContext {
  options: CoreOptions;
  kubeconfig: KubeconfigOptions;
  /** All clusters as the engine's containers show them now. */
  read(engine: Engine, signal?: AbortSignal): Promise<Cluster[]>;
}

/** A create as far as it is known before anything is made. */
export interface PreparedCreate {
  plan: Plan;
  image: string;
  /** Of Kubernetes; known before the image is here only from a catalogue or the image's tag. */
  version: string | undefined;
  job(): Promise<Job>;
}

/** The images that a provider makes nodes of. */
export interface NodeImages {
  /** The catalogue, newest first. */
  readonly offered: readonly NodeImage[];
  /** The Kubernetes version that an image's name promises. */
  versionOf(reference: string): string | undefined;
  /** The program that such an image begins with, whatever it is called. */
  readonly entrypoint: readonly string[];
}

export interface NodeImage {
  /** As given to the engine; `kindest/node:v1.36.1@sha256:...` where the digest is known. */
  readonly reference: string;
  /** Known before the image is here only from the catalogue or the image's tag. */
  readonly kubernetesVersion?: string;
}

export interface ClusterProvider {
  readonly id: Provider;
  /** Absent where clusters are only looked after. */
  readonly images?: NodeImages;
  /** Labels, or `label=value`, that all containers of its clusters carry. */
  readonly labels: readonly string[];
  /** Its clusters among containers with those labels, by the names that its own program knows. */
  recognise(containers: readonly ListedContainer[]): Promise<RecognisedCluster[]>;
  /**
   * What making a cluster of a template consists of; changes nothing. Absent where clusters are only looked after.
   * Throws `name-taken`, `template-unsupported`, `bad-input` (an unknown version), and what is wrong with the kubeconfig.
   */
  create?(
    context: VerbContext,
    engine: Engine,
    request: CreateRequest,
    template: ClusterTemplate,
  ): Promise<PreparedCreate>;
  /** Throws `not-ready` for a cluster that was never set up, or whose API has no address now. */
  access(engine: Engine, cluster: Cluster, signal: AbortSignal): Promise<AdminAccess>;
  start(context: VerbContext, engine: Engine, cluster: Cluster): Promise<Job>;
  /** Groups of containers that are stopped side by side, each group after the one before. */
  stopOrder(cluster: Cluster): readonly (readonly Cluster['nodes'][number][])[];
  /** `kind`: `delete`, or `cleanup` of what a create left. */
  delete(context: VerbContext, engine: Engine, cluster: Cluster, kind: OperationKind): Promise<Job>;
}
