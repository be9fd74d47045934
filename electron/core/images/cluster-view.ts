// A cluster as images need to know it: what its nodes hold, and which pods there are.
import type { KubernetesObject } from '@kubernetes/client-node';
import type { Cluster } from '../../../shared/model/cluster';
import type { NodeStore } from './node-store';

export interface Pod extends KubernetesObject {
  spec?: { nodeName?: string; containers?: Named[]; initContainers?: Named[] };
  status?: { phase?: string; containerStatuses?: Status[]; initContainerStatuses?: Status[] };
}
interface Named {
  name: string;
  image?: string;
}
interface Status {
  name: string;
  image: string;
  imageID: string;
}

export interface ClusterView {
  readonly cluster: Cluster;
  readonly stores: ReadonlyMap<string, NodeStore>;
  readonly pods: readonly Pod[];
}
