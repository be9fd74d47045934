// Says what kind's and k3d's configurations and ours cannot tell each other.
import { type Blanks, fillBlanks } from '../../../shared/model/sentence';
import type { NotCarried } from '../../../shared/model/template/conversion';
import type { Path } from './places';
import type { RawTemplate } from './write';

/** English, by code; the other languages have theirs in the renderer's texts. */
export const conversionWords = {
  'kind-name':
    'Boathouse does not give the name {{name}}: it keeps to lower-case letters, digits and dashes, at most 48 of them.',
  'kind-random-port': 'kind lets Docker choose this port anew at each start; Boathouse takes a free one and keeps it.',
  'kind-values': 'kind has no parameters: their values are written in.',
  'kind-k3s': 'kind makes Kubernetes with kubeadm, not with k3s.',
  'kind-version': 'Boathouse knows no node image for Kubernetes {{version}}, so kind takes the version of its own.',
  'kind-limits': 'kind does not limit what a node uses.',
  'kind-taints': 'kind sets no taints; a patch of the kubeadm configuration can.',
  'kind-one-node': 'kind leads a port to one node, {{node}} here.',
  'kind-service': 'kind leads ports to nodes, not to Services.',
  'kind-folder': 'kind takes {{path}} as relative to the folder that it is started in.',
  'kind-registry': 'kind runs no registry.',
  'kind-mirrors': 'kind sets no mirrors; a patch of the containerd configuration can.',
  'kind-images': 'kind loads no images while it creates; do it afterwards with: kind load docker-image.',
  'kind-manifests': 'kind applies no manifests; do it afterwards with: kubectl apply.',
  'kind-sample': 'The sample comes with Boathouse.',
  'kind-environment': 'kind gives its nodes no environment variables.',
  'kind-proxies': 'kind takes proxies from its own environment: HTTP_PROXY, HTTPS_PROXY and NO_PROXY.',
  'kind-certificates': 'kind makes its nodes trust no certificates of others.',
  'k3d-name':
    'Boathouse does not give the name {{name}}: it keeps to lower-case letters, digits and dashes, at most 48 of them.',
  'k3d-more-clusters': 'A template makes one cluster; {{name}} is another.',
  'k3d-written-by-k3d': 'k3d wrote this for itself; of such a cluster only its nodes are taken.',
  'k3d-channel': '{{image}} is looked up when k3d runs; the template takes the version of its own catalogue.',
  'k3d-api-host': 'The API server is reached by its address, not by a name of its own.',
  'k3d-network': 'Every cluster has a network of its own.',
  'k3d-subnet': 'The subnet of a cluster is chosen so that it clashes with nothing on this computer.',
  'k3d-token': 'Every cluster has a token of its own.',
  'k3d-volume': '{{volume}} is a volume of Docker; templates mount folders and files of this computer.',
  'k3d-volume-option': 'Mounts have no option {{option}}.',
  'k3d-load-balancer': 'The load balancer is no node of Kubernetes and takes no settings.',
  'k3d-files': 'Files are mounted, not copied into nodes.',
  'k3d-port-variable': 'The port is in an environment variable.',
  'k3d-variable': 'k3d would fill in an environment variable there.',
  'k3d-port-nodes': 'These nodes are no pool of their own: the port leads to {{node}}.',
  'k3d-env-some': 'All nodes have the same environment variables.',
  'k3d-env-value': 'The variable has no value here; k3d would take it from its own environment.',
  'k3d-registry': 'The local registry is one for all clusters, with a name and a port of its own.',
  'k3d-registry-use': 'The local registry is one for all clusters; {{name}} can be a mirror.',
  'k3d-registry-config': 'Templates have mirrors of registries by their addresses, but not {{key}}.',
  'k3d-registry-file': 'The mirrors are in a file that k3d would read; write them into the template.',
  'k3d-host-aliases': 'Nodes have no entries of their own in their hosts file.',
  'k3d-wait': 'A cluster is always waited for until it can be used.',
  'k3d-timeout': 'Every wait has its own limit, and can be cancelled.',
  'k3d-no-load-balancer': 'Ports are always led through one place, so that they can change later.',
  'k3d-no-rollback': 'Whether a failed cluster is kept is asked when it is created.',
  'k3d-load-balancer-config': 'The settings of the load balancer are not those of k3d.',
  'k3d-kubeconfig': 'The kubeconfig always gets the cluster.',
  'k3d-switch': 'Whether kubectl switches to the cluster is asked when it is created.',
  'k3d-gpu': 'Nodes have no GPUs.',
  'k3d-pid': 'Nodes keep their processes apart from those of this computer.',
  'k3d-container-labels': 'Labels of containers are not for users; give the nodes Kubernetes labels.',
  'k3d-ulimits': 'Nodes have the limits of the engine.',
  'k3d-values': 'k3d has no parameters: their values are written in.',
  'k3d-kubeadm': 'k3d makes Kubernetes with k3s, not with kubeadm.',
  'k3d-version': 'k3d is told images of k3s, not versions of Kubernetes.',
  'k3d-node-image': 'All nodes of k3d have the same image.',
  'k3d-cpus': 'k3d does not limit processors.',
  'k3d-memory': 'k3d limits the memory of all servers or all agents alike.',
  'k3d-kube-proxy': 'Of the modes of kube-proxy k3d can only be told to leave it out.',
  'k3d-service': 'k3d leads ports to nodes, not to Services.',
  'k3d-sctp': "k3d's load balancer knows TCP and UDP only.",
  'k3d-folder': 'k3d takes {{path}} as relative to the folder that it is started in.',
  'k3d-images': 'k3d loads no images while it creates; do it afterwards with: k3d image import.',
  'k3d-manifests': 'k3d applies no manifests; do it afterwards with: kubectl apply.',
  'k3d-sample': 'The sample comes with Boathouse.',
  'k3d-proxies': 'k3d sets no proxies; environment variables can.',
  'k3d-certificates': 'k3d makes its nodes trust no certificates of others.',
  'k3d-gates': 'k3d has no field for feature gates and API versions; arguments of k3s can say them.',
  'k3d-containerd': 'k3d has no patches; k3s reads a template of the containerd configuration.',
  'k3d-dns-search': 'k3d sets no search domains.',
} as const;

export type ConversionCode = keyof typeof conversionWords;

/** @param field where it stands in what was converted */
export function notCarried(field: string, code: ConversionCode, params: Blanks = {}): NotCarried {
  return { field, code, params, text: fillBlanks(conversionWords[code], params) };
}

/** A configuration of another program as a template that nobody has checked yet. */
export interface Converted {
  /** What the configuration calls the cluster. */
  name: string | undefined;
  spec: RawTemplate['spec'];
  notCarried: NotCarried[];
  /** Parameters whose places in texts stay, and those in place of numbers. */
  variables?: readonly string[];
  places?: readonly { path: Path; parameter: string }[];
  /** Where in the configuration something of the spec comes from: the source of the nearest place above. */
  sourceOf(path: Path): Path;
}
