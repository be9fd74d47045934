// A configuration of kind as a template.
import { clusterNameSchema } from '../../../../shared/model/cluster';
import type { NotCarried } from '../../../../shared/model/template/conversion';
import { type Converted, notCarried } from '../conversion';
import { pooled } from '../node-groups';
import type { Path } from '../places';
import { type KindConfig, type KindNode, kindDefaults } from './schema';

/** What kind 0.33 makes of a configuration, as the spec of a template. */
export function fromKind(config: KindConfig): Converted {
  const family = config.networking.ipFamily || 'ipv4';
  const given = config.nodes.length > 0 ? config.nodes : [bareControlPlane];
  // One image for all is the cluster's.
  const image = given.every((node) => node.image === given[0]?.image) ? given[0]?.image : undefined;
  const numbers = new Map<string, number>();
  const names = given.map(({ role }) => {
    const number = (numbers.get(role) ?? 0) + 1;
    numbers.set(role, number);
    return number === 1 ? role : `${role}${number}`;
  });
  const sources: Path[] = [];
  const ports = given.flatMap((node, index) =>
    node.extraPortMappings.map((mapping, place) => {
      sources.push(['nodes', index, 'extraPortMappings', place]);
      return {
        hostAddress: mapping.listenAddress || kindDefaults[family].listen,
        hostPort: Math.max(0, mapping.hostPort),
        protocol: mapping.protocol || 'TCP',
        to: { node: names[index], port: mapping.containerPort },
      };
    }),
  );
  const nameable = clusterNameSchema.safeParse(config.name).success;
  return {
    name: config.name,
    spec: {
      ...(nameable && { clusterName: config.name }),
      ...(image && { kubernetes: { image } }),
      nodes: pooled(given.map((node) => nodeOf(node, image))),
      ports,
      networking: networkingOf(config),
      featureGates: config.featureGates,
      runtimeConfig: config.runtimeConfig,
      patches: {
        kubeadm: config.kubeadmConfigPatches.filter(Boolean),
        kubeadmJson6902: config.kubeadmConfigPatchesJSON6902.filter(({ patch }) => patch),
        containerd: config.containerdConfigPatches.filter(Boolean),
        containerdJson6902: config.containerdConfigPatchesJSON6902.filter(Boolean),
      },
    },
    notCarried: [
      ...(config.name && !nameable ? [notCarried('name', 'kind-name', { name: config.name })] : []),
      ...randomPorts(config),
    ],
    sourceOf: (path) => sourceOf(path, sources),
  };
}

const bareControlPlane: KindNode = {
  role: 'control-plane',
  image: '',
  labels: {},
  extraMounts: [],
  extraPortMappings: [],
  kubeadmConfigPatches: [],
  kubeadmConfigPatchesJSON6902: [],
};

function nodeOf(node: KindNode, image: string | undefined) {
  return {
    role: node.role,
    ...(node.image && node.image !== image && { image: node.image }),
    labels: node.labels,
    mounts: node.extraMounts.map(({ propagation, ...mount }) => ({ ...mount, propagation: propagation || 'None' })),
    patches: {
      kubeadm: node.kubeadmConfigPatches.filter(Boolean),
      kubeadmJson6902: node.kubeadmConfigPatchesJSON6902.filter(({ patch }) => patch),
    },
  };
}

function networkingOf({ networking }: KindConfig) {
  const family = networking.ipFamily || 'ipv4';
  const defaults = kindDefaults[family];
  return {
    ipFamily: family,
    podSubnet: networking.podSubnet || defaults.podSubnet,
    serviceSubnet: networking.serviceSubnet || defaults.serviceSubnet,
    cni: networking.disableDefaultCNI ? 'none' : 'default',
    kubeProxy: networking.kubeProxyMode || 'iptables',
    apiServer: {
      address: networking.apiServerAddress || defaults.apiServer,
      port: Math.max(0, networking.apiServerPort),
    },
    ...(networking.dnsSearch && { dnsSearch: networking.dnsSearch }),
  };
}

function randomPorts({ nodes, networking }: KindConfig): NotCarried[] {
  const mappings = nodes.flatMap((node, index) =>
    node.extraPortMappings.map(({ hostPort }, place) => ({
      hostPort,
      field: `nodes[${index}].extraPortMappings[${place}].hostPort`,
    })),
  );
  return [...mappings, { hostPort: networking.apiServerPort, field: 'networking.apiServerPort' }].flatMap(
    ({ hostPort, field }) => (hostPort === -1 ? [notCarried(field, 'kind-random-port')] : []),
  );
}

const patchFields: Record<string, string> = {
  kubeadm: 'kubeadmConfigPatches',
  kubeadmJson6902: 'kubeadmConfigPatchesJSON6902',
  containerd: 'containerdConfigPatches',
  containerdJson6902: 'containerdConfigPatchesJSON6902',
};

/** Pools gather nodes, so that of a pool only the list of nodes is sure. */
function sourceOf([field, index, ...rest]: Path, ports: readonly Path[]): Path {
  if (field === 'ports') return ports[Number(index)] ?? ['nodes'];
  if (field === 'patches') return [patchFields[String(index)] ?? '', ...rest];
  if (field === 'clusterName') return ['name'];
  if (field === 'networking' && index === 'apiServer') {
    return ['networking', rest[0] === 'port' ? 'apiServerPort' : 'apiServerAddress'];
  }
  if (field === 'nodes') return ['nodes'];
  return [field ?? '', ...(index === undefined ? [] : [index]), ...rest];
}
