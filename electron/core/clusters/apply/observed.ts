// A running cluster as a template is compared with it: what its containers and its API say, and the template it was made of.
import type { OpenPort, Provider } from '../../../../shared/model/cluster';
import type { ClusterTemplate, NodePool } from '../../../../shared/model/template';

export interface ObservedNode {
  readonly name: string;
  readonly role: NodePool['role'];
  readonly pool?: string | undefined;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Without Kubernetes' own. */
  readonly taints: NodePool['taints'];
  readonly resources: {
    readonly cpus?: number | undefined;
    /** Bytes. */
    readonly memory?: number | undefined;
  };
}

export interface Observed {
  readonly provider: Provider;
  /** What names of its nodes have in front, without the dash after it. */
  readonly prefix: string;
  /** By name: the first made come first. */
  readonly nodes: readonly ObservedNode[];
  readonly ports: readonly OpenPort[];
  readonly kubernetesVersion: string;
  readonly podSubnet: string;
  readonly serviceSubnet: string;
  /** The template that was applied last, or that it was made of; absent where an earlier version made it. */
  readonly template?: ClusterTemplate | undefined;
}
