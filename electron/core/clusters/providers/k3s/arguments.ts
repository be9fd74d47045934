// What k3s is told on a node: the words of its command line, from the fields of a template.
import type { TemplateSpec } from '../../../../../shared/model/template/spec';
import { serverArguments, taintArgument } from '../../../templates/k3d/arguments';
import type { PlannedK3sNode } from './nodes';

/** What a server certificate is to name beside the node itself. */
export interface ApiNames {
  /** Where this computer reaches the API. */
  host: string;
  loadBalancer: string;
}

/**
 * k3d 5.9: arguments of the template, `--cluster-init` on the server that begins an etcd, labels, and the names of the API. Taints are
 * k3s' own argument; k3d has no field for them.
 */
export function k3sArguments(spec: TemplateSpec, { k3sRole, role, pool }: PlannedK3sNode, names: ApiNames): string[] {
  const labels = Object.entries(pool.labels).flatMap(([key, value]) => ['--node-label', `${key}=${value}`]);
  const taints = pool.taints.map(taintArgument);
  if (role === 'worker') {
    return [
      'agent',
      ...componentArguments(spec, 'agent'),
      ...spec.k3s.agentArgs,
      ...pool.k3sArgs,
      ...labels,
      ...taints,
    ];
  }
  return [
    'server',
    ...serverArguments(spec.networking),
    // k3s' own controller of network policies is of no use without its network.
    ...(spec.networking.cni === 'none' ? ['--disable-network-policy'] : []),
    ...componentArguments(spec, 'server'),
    ...spec.k3s.serverArgs,
    ...pool.k3sArgs,
    ...(k3sRole === 'init-server' ? ['--cluster-init'] : []),
    ...labels,
    ...taints,
    '--tls-san',
    names.host,
    '--tls-san',
    names.loadBalancer,
  ];
}

/** k3s: which components run with a server, and with an agent. */
const components = {
  server: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-proxy'],
  agent: ['kubelet', 'kube-proxy'],
};

function componentArguments({ featureGates, runtimeConfig, networking }: TemplateSpec, mode: 'server' | 'agent') {
  const gates = listed(featureGates);
  const runtime = listed(runtimeConfig);
  const proxyMode = networking.kubeProxy;
  return [
    ...(gates ? components[mode].map((component) => `--${component}-arg=feature-gates=${gates}`) : []),
    ...(runtime && mode === 'server' ? [`--kube-apiserver-arg=runtime-config=${runtime}`] : []),
    ...(proxyMode === 'ipvs' || proxyMode === 'nftables' ? [`--kube-proxy-arg=proxy-mode=${proxyMode}`] : []),
  ];
}

function listed(values: Readonly<Record<string, string | boolean>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
