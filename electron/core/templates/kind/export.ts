// A template as a configuration of kind, and what of it kind cannot be told.
import type { ClusterTemplate } from '../../../../shared/model/template';
import type { NotCarried } from '../../../../shared/model/template/conversion';
import { nodesCalled, type TemplateNode, templateNodes } from '../../../../shared/model/template/node-names';
import { imageFor } from '../../clusters/providers/kubeadm/node-image';
import { notCarried } from '../conversion';
import { hostPath, type PathBase } from '../host-paths';
import { kindApiVersion, kindDefaults } from './schema';

type Spec = ClusterTemplate['spec'];
type Fields = Record<string, unknown>;

export interface Exported {
  config: Fields;
  notCarried: NotCarried[];
}

/** @param base what the paths of the template are relative to, for kind knows neither `~` nor where the template is */
export function toKind({ spec }: ClusterTemplate, base: PathBase): Exported {
  const left: NotCarried[] = [...unsaid(spec)];
  const image = imageOf(spec, left);
  // kind's names of nodes, whoever makes them here.
  const kubeadm: Spec = { ...spec, provider: 'kubeadm' };
  const names = templateNodes(kubeadm).map(({ name }) => name);
  const nodes = templateNodes(spec).map((node, index) => ({ ...node, kindName: names[index] ?? node.name }));
  const ports = portsByNode(spec, nodes, left);
  // In the order of the pools, as they were written.
  const ordered = spec.nodes.flatMap((pool) => nodes.filter((node) => node.pool === pool));
  const config = {
    kind: 'Cluster',
    apiVersion: kindApiVersion,
    ...given('name', spec.clusterName),
    ...filled('networking', networkingOf(spec)),
    ...filled('featureGates', spec.featureGates),
    ...filled('runtimeConfig', spec.runtimeConfig),
    ...filled('kubeadmConfigPatches', spec.patches.kubeadm),
    ...filled('kubeadmConfigPatchesJSON6902', spec.patches.kubeadmJson6902),
    ...filled('containerdConfigPatches', spec.patches.containerd),
    ...filled('containerdConfigPatchesJSON6902', spec.patches.containerdJson6902),
    nodes: ordered.map(({ name, pool }) => ({
      role: pool.role,
      ...given('image', pool.image ?? image),
      ...filled('labels', pool.labels),
      ...filled('extraMounts', mountsOn(spec, name, pool, base, left)),
      ...filled('extraPortMappings', ports.get(name) ?? []),
      ...filled('kubeadmConfigPatches', pool.patches.kubeadm),
      ...filled('kubeadmConfigPatchesJSON6902', pool.patches.kubeadmJson6902),
    })),
  };
  const once = new Map(left.map((entry) => [`${entry.field} ${entry.code}`, entry]));
  return { config, notCarried: [...once.values()] };
}

/** What kind has no field for. */
function unsaid(spec: Spec): NotCarried[] {
  const entries: [boolean, Parameters<typeof notCarried>][] = [
    [spec.parameters.length > 0, ['spec.parameters', 'kind-values']],
    [spec.provider === 'k3s', ['spec.provider', 'kind-k3s']],
    [spec.k3s.serverArgs.length + spec.k3s.agentArgs.length > 0, ['spec.k3s', 'kind-k3s']],
    ...spec.nodes.flatMap((pool, index): [boolean, Parameters<typeof notCarried>][] => [
      [Object.keys(pool.resources).length > 0, [`spec.nodes[${index}].resources`, 'kind-limits']],
      [pool.taints.length > 0, [`spec.nodes[${index}].taints`, 'kind-taints']],
      [pool.k3sArgs.length > 0, [`spec.nodes[${index}].k3sArgs`, 'kind-k3s']],
    ]),
    [spec.registry.enabled, ['spec.registry.enabled', 'kind-registry']],
    [Object.keys(spec.registry.mirrors).length > 0, ['spec.registry.mirrors', 'kind-mirrors']],
    [spec.images.length > 0, ['spec.images', 'kind-images']],
    [spec.manifests.length > 0, ['spec.manifests', 'kind-manifests']],
    [spec.sample !== undefined, ['spec.sample', 'kind-sample']],
    [Object.keys(spec.environment).length > 0, ['spec.environment', 'kind-environment']],
    [spec.proxies !== undefined, ['spec.proxies', 'kind-proxies']],
    [spec.certificates.length > 0, ['spec.certificates', 'kind-certificates']],
  ];
  return entries.flatMap(([there, entry]) => (there ? [notCarried(...entry)] : []));
}

/** The image that every node names; none where kind's own default will do. */
function imageOf({ kubernetes, provider }: Spec, left: NotCarried[]): string | undefined {
  if (provider === 'k3s') return undefined;
  if (kubernetes.image !== undefined || kubernetes.version === undefined) return kubernetes.image;
  try {
    return imageFor({ version: kubernetes.version }).reference;
  } catch {
    left.push(notCarried('spec.kubernetes.version', 'kind-version', { version: kubernetes.version }));
    return undefined;
  }
}

function networkingOf({ networking }: Spec): Fields {
  const { ipFamily, apiServer } = networking;
  const defaults = kindDefaults[ipFamily];
  return {
    ...(ipFamily !== 'ipv4' && { ipFamily }),
    ...(apiServer.address !== defaults.apiServer && { apiServerAddress: apiServer.address }),
    ...(apiServer.port !== 0 && { apiServerPort: apiServer.port }),
    ...(networking.podSubnet !== defaults.podSubnet && { podSubnet: networking.podSubnet }),
    ...(networking.serviceSubnet !== defaults.serviceSubnet && { serviceSubnet: networking.serviceSubnet }),
    ...(networking.cni === 'none' && { disableDefaultCNI: true }),
    ...(networking.kubeProxy !== 'iptables' && { kubeProxyMode: networking.kubeProxy }),
    ...given('dnsSearch', networking.dnsSearch),
  };
}

/** A NodePort answers on every node, so any of them will do; of several nodes that answer differently kind takes one. */
function portsByNode(spec: Spec, nodes: readonly (TemplateNode & { kindName: string })[], left: NotCarried[]) {
  const byNode = new Map<string, Fields[]>();
  for (const [index, { hostAddress, hostPort, protocol, to }] of spec.ports.entries()) {
    if ('service' in to) {
      left.push(notCarried(`spec.ports[${index}]`, 'kind-service'));
      continue;
    }
    const targets = 'node' in to ? nodesCalled(spec, to.node) : nodes;
    const chosen = nodes.find((node) => node.name === targets[0]?.name);
    if (!chosen) continue;
    if ('node' in to && targets.length > 1) {
      left.push(notCarried(`spec.ports[${index}].to.node`, 'kind-one-node', { node: chosen.kindName }));
    }
    const mapping = {
      containerPort: 'node' in to ? to.port : to.nodePort,
      ...(hostPort !== 0 && { hostPort }),
      ...(hostAddress !== kindDefaults[spec.networking.ipFamily].listen && { listenAddress: hostAddress }),
      ...(protocol !== 'TCP' && { protocol }),
    };
    byNode.set(chosen.name, [...(byNode.get(chosen.name) ?? []), mapping]);
  }
  return byNode;
}

function mountsOn(spec: Spec, node: string, pool: TemplateNode['pool'], base: PathBase, left: NotCarried[]): Fields[] {
  const own = pool.mounts.map((mount, index) => ({
    mount,
    field: `spec.nodes[${spec.nodes.indexOf(pool)}].mounts[${index}]`,
  }));
  const shared = spec.mounts.flatMap((mount, index) =>
    (mount.nodes ?? ['all']).some((name) => nodesCalled(spec, name).some((found) => found.name === node))
      ? [{ mount, field: `spec.mounts[${index}]` }]
      : [],
  );
  return [...own, ...shared].map(({ mount, field }) => {
    const path = hostPath(mount.hostPath, base);
    if (path === undefined) left.push(notCarried(`${field}.hostPath`, 'kind-folder', { path: mount.hostPath }));
    return {
      hostPath: path ?? mount.hostPath,
      containerPath: mount.containerPath,
      ...(mount.readOnly && { readOnly: true }),
      ...(mount.selinuxRelabel && { selinuxRelabel: true }),
      ...(mount.propagation !== 'None' && { propagation: mount.propagation }),
    };
  });
}

function given(field: string, value: unknown): Fields {
  return value === undefined ? {} : { [field]: value };
}

function filled(field: string, value: object): Fields {
  return Object.keys(value).length > 0 ? { [field]: value } : {};
}
