// A configuration of k3d as a template.
import { clusterNameSchema } from '../../../../shared/model/cluster';
import type { NotCarried } from '../../../../shared/model/template/conversion';
import { type ConversionCode, notCarried } from '../conversion';
import type { Path } from '../places';
import { readServerArguments } from './arguments';
import { filtered, type NodeNames, nodeNames } from './filters';
import { type Mistake, type Notes, pathOf, portTarget, type ReadNodes, readNodes, targets } from './nodes';
import { readPorts } from './ports';
import { readRegistries } from './registries';
import type { K3dConfig } from './schema';
import { parameterIn } from './variables';

export interface ReadK3d {
  spec: Record<string, unknown>;
  notCarried: NotCarried[];
  mistakes: Mistake[];
  /** Parameters in place of numbers of nodes. */
  places: { path: Path; parameter: string }[];
  /** Where in the configuration something of the spec comes from. */
  sourceOf(path: Path): Path;
}

/**
 * What k3d 5.9 makes of a configuration, as the spec of a template.
 *
 * @param variables names of parameters that stand for environment variables
 */
export function fromK3d(config: K3dConfig, variables: readonly string[]): ReadK3d {
  const notes: Notes = { left: [...unsaid(config)], mistakes: [] };
  const numbers = { servers: parameterIn(config.servers), agents: parameterIn(config.agents) };
  const names = nodeNames(numbers.servers ? 1 : Number(config.servers), numbers.agents ? 1 : Number(config.agents));
  const nodes = readNodes(config, names, notes);
  const ports = portsOf(config, names, nodes.pools, notes);
  const { networking, rest: serverArgs } = readServerArguments(nodes.serverArgs);
  const { registry, left } = readRegistries(config.registries);
  const { name } = config.metadata;
  const nameable = clusterNameSchema.safeParse(name).success;
  const channel = config.image !== undefined && /^(latest|stable|testing|\+.*)$/.test(config.image);
  if (name !== undefined && !nameable) notes.left.push(notCarried('metadata.name', 'k3d-name', { name }));
  if (channel) notes.left.push(notCarried('image', 'k3d-channel', { image: config.image ?? '' }));
  return {
    spec: {
      parameters: parametersOf(variables, numbers),
      ...(nameable && { clusterName: name }),
      provider: 'k3s',
      ...(config.image !== undefined && !channel && { kubernetes: { image: config.image } }),
      nodes: nodes.pools.map(({ nodes: _names, ...pool }) => pool),
      ports: ports.map(({ port }) => port),
      mounts: nodes.mounts,
      networking: { ...networking, apiServer: apiServerOf(config) },
      registry,
      environment: environmentOf(config, names, notes),
      k3s: { serverArgs, agentArgs: nodes.agentArgs },
    },
    notCarried: [...notes.left, ...left],
    mistakes: notes.mistakes,
    places: placesOf(nodes, numbers),
    sourceOf: (path) =>
      sourceOf(
        path,
        ports.map(({ source }) => source),
      ),
  };
}

/** What is said in a configuration, other than k3d would do anyway, and has no field in a template. */
function unsaid({ kubeAPI, network, subnet, token, files, hostAliases, options }: K3dConfig): NotCarried[] {
  const { k3d, kubeconfig, runtime } = options;
  const entries: [said: boolean, field: string, ConversionCode][] = [
    [kubeAPI.host !== undefined, 'kubeAPI.host', 'k3d-api-host'],
    [network !== undefined, 'network', 'k3d-network'],
    [subnet !== undefined, 'subnet', 'k3d-subnet'],
    [token !== undefined, 'token', 'k3d-token'],
    ...files.map((_file, index): (typeof entries)[number] => [true, `files[${index}]`, 'k3d-files']),
    ...hostAliases.map((_alias, index): (typeof entries)[number] => [
      true,
      `hostAliases[${index}]`,
      'k3d-host-aliases',
    ]),
    [!k3d.wait, 'options.k3d.wait', 'k3d-wait'],
    [k3d.timeout !== undefined, 'options.k3d.timeout', 'k3d-timeout'],
    [k3d.disableLoadbalancer, 'options.k3d.disableLoadbalancer', 'k3d-no-load-balancer'],
    [k3d.disableRollback, 'options.k3d.disableRollback', 'k3d-no-rollback'],
    [k3d.loadbalancer.configOverrides.length > 0, 'options.k3d.loadbalancer', 'k3d-load-balancer-config'],
    [!kubeconfig.updateDefaultKubeconfig, 'options.kubeconfig.updateDefaultKubeconfig', 'k3d-kubeconfig'],
    [!kubeconfig.switchCurrentContext, 'options.kubeconfig.switchCurrentContext', 'k3d-switch'],
    [Boolean(runtime.gpuRequest), 'options.runtime.gpuRequest', 'k3d-gpu'],
    [runtime.hostPidMode, 'options.runtime.hostPidMode', 'k3d-pid'],
    [runtime.labels.length > 0, 'options.runtime.labels', 'k3d-container-labels'],
    [runtime.ulimits.length > 0, 'options.runtime.ulimits', 'k3d-ulimits'],
  ];
  return entries.flatMap(([said, field, code]) => (said ? [notCarried(field, code)] : []));
}

function parametersOf(variables: readonly string[], numbers: Record<string, string | undefined>) {
  const whole = new Set(Object.values(numbers));
  return variables.map((name) =>
    whole.has(name)
      ? {
          name,
          type: 'integer',
          default: 1,
          minimum: 1,
          maximum: 50,
          description: `The environment variable ${name} for k3d`,
        }
      : { name, type: 'string', description: `The environment variable ${name} for k3d` },
  );
}

function placesOf({ pools }: ReadNodes, numbers: Record<string, string | undefined>): ReadK3d['places'] {
  return pools.flatMap(({ role }, index) => {
    const parameter = role === 'worker' ? numbers.agents : numbers.servers;
    return parameter === undefined ? [] : [{ path: ['nodes', index, 'count'], parameter }];
  });
}

function apiServerOf({ kubeAPI }: K3dConfig) {
  const port = kubeAPI.hostPort === undefined || kubeAPI.hostPort === 'random' ? 0 : Number(kubeAPI.hostPort);
  return { address: kubeAPI.hostIP ?? '0.0.0.0', port };
}

/** k3d 5.9: a port of the load balancer, and one without filters, leads to all servers and agents. */
function portsOf(config: K3dConfig, names: NodeNames, pools: ReadNodes['pools'], notes: Notes) {
  const everything = [...names.servers, ...names.agents];
  return config.ports.flatMap(({ port: text, nodeFilters }, index) => {
    const read = readPorts(text);
    const source = pathOf('ports', index);
    if (!read) {
      if (text.includes('${parameters.')) notes.left.push(notCarried(`ports[${index}].port`, 'k3d-port-variable'));
      else notes.mistakes.push({ path: [...source, 'port'], message: 'use docker’s notation, such as 8080:80' });
      return [];
    }
    const balanced = filtered(nodeFilters, names)?.loadBalancer;
    const meant = balanced ? everything : targets(nodeFilters, names, `ports[${index}]`, source, notes);
    if (!meant) return [];
    const node = portTarget(meant, pools) ?? meant[0] ?? 'all';
    if (meant.length > 1 && node === meant[0]) {
      notes.left.push(notCarried(`ports[${index}].nodeFilters`, 'k3d-port-nodes', { node }));
    }
    return read.map(({ address, hostPort, containerPort, protocol }) => ({
      source,
      port: { hostAddress: address, hostPort, protocol, to: { node, port: containerPort } },
    }));
  });
}

function environmentOf({ env }: K3dConfig, names: NodeNames, notes: Notes): Record<string, string> {
  const all = names.servers.length + names.agents.length;
  const entries = env.flatMap(({ envVar, nodeFilters }, index) => {
    const field = `env[${index}]`;
    const meant = targets(nodeFilters, names, field, pathOf('env', index), notes);
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(envVar) ?? [];
    if (!meant || meant.length === 0) return [];
    if (name === undefined || value === undefined) notes.left.push(notCarried(field, 'k3d-env-value'));
    else if (meant.length < all) notes.left.push(notCarried(field, 'k3d-env-some'));
    else return [[name, value] as const];
    return [];
  });
  return Object.fromEntries(entries);
}

const nodeSources: Record<string, Path> = {
  labels: ['options', 'k3s', 'nodeLabels'],
  taints: ['options', 'k3s', 'extraArgs'],
  k3sArgs: ['options', 'k3s', 'extraArgs'],
  resources: ['options', 'runtime'],
  mounts: ['volumes'],
};

/** Pools gather what filters give to nodes, so that of a pool only the numbers of nodes are sure. */
function sourceOf([field, index, ...rest]: Path, ports: readonly Path[]): Path {
  if (field === 'ports') return ports[Number(index)] ?? ['ports'];
  if (field === 'clusterName') return ['metadata', 'name'];
  if (field === 'networking' && index === 'apiServer') return ['kubeAPI', rest[0] === 'port' ? 'hostPort' : 'hostIP'];
  if (field === 'nodes') return nodeSources[String(rest[0])] ?? ['servers'];
  const known: Record<string, Path> = {
    mounts: ['volumes'],
    environment: ['env'],
    kubernetes: ['image'],
    registry: ['registries'],
  };
  return known[String(field)] ?? ['options', 'k3s', 'extraArgs'];
}
