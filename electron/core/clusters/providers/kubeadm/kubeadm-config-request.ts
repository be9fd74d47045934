// What the kubeadm configuration of a node is made from.
import type { TemplateSpec } from '../../../../../shared/model/template/spec';
import type { Taint } from './control-plane-taints';
import type { KubeadmPatches } from './kubeadm-patches';

export interface KubeadmConfigRequest {
  /** What the node image's `/kind/version` says, e.g. `v1.36.1`. */
  readonly kubernetesVersion: string;
  readonly clusterName: string;
  readonly node: {
    readonly name: string;
    readonly role: 'control-plane' | 'worker';
    /** Address in the cluster's network: IPv6 in an IPv6 cluster. */
    readonly address: string;
    /** The one of the other family, in a dual-stack cluster. */
    readonly secondAddress?: string | undefined;
    readonly labels: Readonly<Record<string, string>>;
    /** Taints of the node's pool, without the control plane's own. */
    readonly taints: readonly Taint[];
  };
  /** Host and port that every node reaches the API at, e.g. `dev-control-plane:6443`. */
  readonly controlPlaneEndpoint: string;
  /** Names and addresses of the API beyond `localhost` and `127.0.0.1`. */
  readonly certSANs: readonly string[];
  readonly podSubnet: string;
  readonly serviceSubnet: string;
  /** IPv4 where it is left out. */
  readonly ipFamily?: TemplateSpec['networking']['ipFamily'];
  /** iptables where it is left out. */
  readonly kubeProxy?: TemplateSpec['networking']['kubeProxy'];
  /** Address of this computer at which the API is served; 127.0.0.1 where it is left out. */
  readonly apiServerAddress?: string;
  readonly featureGates?: Readonly<Record<string, boolean>>;
  readonly runtimeConfig?: Readonly<Record<string, string>>;
  readonly token: string;
  /** The engine's. */
  readonly cgroupVersion: '1' | '2';
  /** The engine runs without root. */
  readonly rootless?: boolean;
  readonly singleControlPlane: boolean;
  /** The cluster is this node alone. */
  readonly singleNode: boolean;
  /** The user's changes: those of the cluster, then those of the node's pool. */
  readonly patches?: readonly KubeadmPatches[];
  /** kind 0.33 has it join: every node but the first control plane. */
  readonly joins?: boolean;
}
