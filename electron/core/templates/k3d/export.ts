// A template as a configuration of k3d, and what of it k3d cannot be told.
import { stringify } from 'yaml';
import type { ClusterTemplate } from '../../../../shared/model/template';
import type { NotCarried } from '../../../../shared/model/template/conversion';
import { type TemplateNode, templateNodes } from '../../../../shared/model/template/node-names';
import { nodeCount } from '../../../../shared/model/template/pools';
import { bytesOf } from '../../../../shared/model/template/values';
import { type ConversionCode, notCarried } from '../conversion';
import { hostPath, type PathBase } from '../host-paths';
import { serverArguments, taintArgument } from './arguments';
import { filtersFor, type NodeNames, nodeNames } from './filters';
import { writePort } from './ports';
import { k3dApiVersion } from './schema';
import { hasVariable } from './variables';
import { writeVolume } from './volumes';

type Spec = ClusterTemplate['spec'];
type Mount = Spec['nodes'][number]['mounts'][number];
type Fields = Record<string, unknown>;

interface Writing {
  spec: Spec;
  names: NodeNames;
  base: PathBase;
  left: NotCarried[];
}

/** @param base what the paths of the template are relative to, for k3d knows neither `~` nor where the template is */
export function toK3d(
  { metadata, spec: given }: ClusterTemplate,
  base: PathBase,
): { config: Fields; notCarried: NotCarried[] } {
  // k3d's names of nodes, whoever makes them here.
  const spec: Spec = {
    ...given,
    provider: 'k3s',
    ports: given.ports.map((port) =>
      'node' in port.to ? { ...port, to: { ...port.to, node: k3sName(given, port.to.node) } } : port,
    ),
    mounts: given.mounts.map((mount) => ({ ...mount, nodes: mount.nodes?.map((name) => k3sName(given, name)) })),
  };
  const names = nodeNames(nodeCount(spec.nodes, 'control-plane'), nodeCount(spec.nodes, 'worker'));
  const writing: Writing = { spec, names, base, left: unsaid(given) };
  const config = {
    apiVersion: k3dApiVersion,
    kind: 'Simple',
    ...(spec.clusterName !== undefined && { metadata: { name: spec.clusterName } }),
    servers: names.servers.length,
    agents: names.agents.length,
    kubeAPI: kubeApiOf(spec),
    ...(given.provider === 'k3s' && spec.kubernetes.image !== undefined && { image: spec.kubernetes.image }),
    ...filled('volumes', volumesOf(writing)),
    ...filled('ports', portsOf(writing)),
    ...filled(
      'env',
      Object.entries(spec.environment)
        .filter(([, value]) => !hasVariable(value))
        .map(([name, value]) => ({ envVar: `${name}=${value}`, nodeFilters: ['all'] })),
    ),
    ...filled('registries', registriesOf(spec, metadata.id)),
    ...filled('options', {
      ...filled('k3s', { ...filled('extraArgs', argumentsOf(writing)), ...filled('nodeLabels', labelsOf(writing)) }),
      ...filled('runtime', limitsOf(spec)),
    }),
  };
  return { config, notCarried: writing.left };
}

/** What k3s calls the node in the place of one of a template of kubeadm; names of pools stay. */
function k3sName(given: Spec, name: string): string {
  if (given.provider === 'k3s') return name;
  const place = templateNodes(given).findIndex((node) => node.name === name);
  return templateNodes({ ...given, provider: 'k3s' })[place]?.name ?? name;
}

/** What k3d has no field for. */
function unsaid(spec: Spec): NotCarried[] {
  const { kubernetes, networking, patches } = spec;
  const count = (value: object | undefined) => Object.keys(value ?? {}).length > 0;
  const kubeadmPatches = patches.kubeadm.length + patches.kubeadmJson6902.length > 0;
  const entries: [there: boolean, field: string, ConversionCode][] = [
    [spec.parameters.length > 0, 'spec.parameters', 'k3d-values'],
    [spec.provider === 'kubeadm', 'spec.provider', 'k3d-kubeadm'],
    [kubernetes.version !== undefined && kubernetes.image === undefined, 'spec.kubernetes.version', 'k3d-version'],
    [spec.provider === 'kubeadm' && kubernetes.image !== undefined, 'spec.kubernetes.image', 'k3d-kubeadm'],
    ...spec.nodes.flatMap((pool, index): typeof entries => [
      [pool.image !== undefined, `spec.nodes[${index}].image`, 'k3d-node-image'],
      [pool.resources.cpus !== undefined, `spec.nodes[${index}].resources.cpus`, 'k3d-cpus'],
      [
        pool.patches.kubeadm.length + pool.patches.kubeadmJson6902.length > 0,
        `spec.nodes[${index}].patches`,
        'k3d-kubeadm',
      ],
      [memoryDiffers(spec, pool), `spec.nodes[${index}].resources.memory`, 'k3d-memory'],
    ]),
    [['ipvs', 'nftables'].includes(networking.kubeProxy), 'spec.networking.kubeProxy', 'k3d-kube-proxy'],
    [networking.dnsSearch !== undefined, 'spec.networking.dnsSearch', 'k3d-dns-search'],
    [spec.images.length > 0, 'spec.images', 'k3d-images'],
    [spec.manifests.length > 0, 'spec.manifests', 'k3d-manifests'],
    [spec.sample !== undefined, 'spec.sample', 'k3d-sample'],
    [spec.proxies !== undefined, 'spec.proxies', 'k3d-proxies'],
    [spec.certificates.length > 0, 'spec.certificates', 'k3d-certificates'],
    ...Object.entries(spec.environment).map(([name, value]): (typeof entries)[number] => [
      hasVariable(value),
      `spec.environment.${name}`,
      'k3d-variable',
    ]),
    [count(spec.featureGates), 'spec.featureGates', 'k3d-gates'],
    [count(spec.runtimeConfig), 'spec.runtimeConfig', 'k3d-gates'],
    [kubeadmPatches, 'spec.patches.kubeadm', 'k3d-kubeadm'],
    [patches.containerd.length + patches.containerdJson6902.length > 0, 'spec.patches.containerd', 'k3d-containerd'],
  ];
  return entries.flatMap(([there, field, code]) => (there ? [notCarried(field, code)] : []));
}

function memoryDiffers({ nodes }: Spec, pool: Spec['nodes'][number]): boolean {
  if (pool.resources.memory === undefined) return false;
  return nodes.some(({ role, resources }) => role === pool.role && resources.memory !== pool.resources.memory);
}

function kubeApiOf({ networking: { apiServer } }: Spec): Fields {
  return { hostIP: apiServer.address, ...(apiServer.port !== 0 && { hostPort: String(apiServer.port) }) };
}

function volumesOf(writing: Writing) {
  const { spec, names } = writing;
  const everything = [...names.servers, ...names.agents];
  const entry = (mount: Mount, nodes: readonly string[], field: string) => ({
    volume: volumeOf(mount, field, writing),
    nodeFilters: filtersFor(nodes, names),
  });
  return [
    ...spec.mounts.map((mount, index) => {
      const meant = mount.nodes?.flatMap((name) => nodesOf(writing, name)) ?? everything;
      return entry(mount, meant, `spec.mounts[${index}]`);
    }),
    ...spec.nodes.flatMap((pool, index) =>
      pool.mounts.map((mount, place) => entry(mount, nodesIn(spec, pool), `spec.nodes[${index}].mounts[${place}]`)),
    ),
  ];
}

function volumeOf(mount: Mount, field: string, { base, left }: Writing): string {
  const path = hostPath(mount.hostPath, base);
  if (path === undefined) left.push(notCarried(`${field}.hostPath`, 'k3d-folder', { path: mount.hostPath }));
  return writeVolume({ ...mount, hostPath: path ?? `./${mount.hostPath.replace(/^\.\//, '')}` });
}

function nodesIn(spec: Spec, pool: TemplateNode['pool']): string[] {
  return templateNodes(spec).flatMap((node) => (node.pool === pool ? [node.name] : []));
}

function nodesOf({ spec }: Writing, name: string): string[] {
  const nodes = templateNodes(spec);
  return nodes.flatMap((node) => (name === 'all' || node.name === name || node.pool.name === name ? [node.name] : []));
}

/** What any node answers goes through the load balancer, which leads to all of them. */
function portsOf(writing: Writing) {
  const { spec, names, left } = writing;
  return spec.ports.flatMap(({ hostAddress: address, hostPort, protocol, to }, index) => {
    const field = `spec.ports[${index}]`;
    if ('service' in to || protocol === 'SCTP') {
      left.push(notCarried(field, 'service' in to ? 'k3d-service' : 'k3d-sctp'));
      return [];
    }
    const containerPort = 'node' in to ? to.port : to.nodePort;
    const meant = 'node' in to && to.node !== 'all' ? nodesOf(writing, to.node) : undefined;
    const nodeFilters = meant ? filtersFor(meant, names) : ['loadbalancer'];
    return [{ port: writePort({ address, hostPort, containerPort, protocol }), nodeFilters }];
  });
}

function registriesOf({ registry }: Spec, id: string): Fields {
  const mirrors = Object.entries(registry.mirrors).map(([name, endpoint]) => [name, { endpoint }]);
  return {
    ...(registry.enabled && { create: { name: `${id}-registry` } }),
    ...(mirrors.length > 0 && { config: stringify({ mirrors: Object.fromEntries(mirrors) }) }),
  };
}

function argumentsOf({ spec, names }: Writing) {
  const shared = [
    ...[...serverArguments(spec.networking), ...spec.k3s.serverArgs].map((arg) => ({ arg, nodeFilters: ['server:*'] })),
    ...spec.k3s.agentArgs.map((arg) => ({ arg, nodeFilters: ['agent:*'] })),
  ];
  const own = spec.nodes.flatMap((pool) => {
    const nodeFilters = filtersFor(nodesIn(spec, pool), names);
    return [...pool.taints.map(taintArgument), ...pool.k3sArgs].map((arg) => ({ arg, nodeFilters }));
  });
  // Without agents a filter for them would mean nothing to k3d.
  return [...shared, ...own].filter(({ nodeFilters }) => names.agents.length > 0 || nodeFilters[0] !== 'agent:*');
}

function labelsOf({ spec, names }: Writing) {
  return spec.nodes.flatMap((pool) =>
    Object.entries(pool.labels).map(([key, value]) => ({
      label: `${key}=${value}`,
      nodeFilters: filtersFor(nodesIn(spec, pool), names),
    })),
  );
}

function limitsOf(spec: Spec): Fields {
  const limit = (role: string) => {
    const pools = spec.nodes.filter((pool) => pool.role === role);
    const memory = pools[0]?.resources.memory;
    if (memory === undefined || pools.some((pool) => pool.resources.memory !== memory)) return undefined;
    // Every unit of docker counts in 1024s.
    return memory.endsWith('i') ? memory : String(bytesOf(memory));
  };
  const [serversMemory, agentsMemory] = [limit('control-plane'), limit('worker')];
  return { ...(serversMemory && { serversMemory }), ...(agentsMemory && { agentsMemory }) };
}

function filled(field: string, value: object): Fields {
  return Object.keys(value).length > 0 ? { [field]: value } : {};
}
