// Rules that hold between the fields of a template: what each part says alone may still not go together.
import { nearest } from '../nearest';
import { knownNodeNames, nodesCalled, templateNodes } from './node-names';
import { nodeCount } from './pools';
import { overlap, rangesIn } from './ranges';
import type { TemplateSpec } from './spec';
import type { Scalar } from './values';

export interface Finding {
  /** Where in the spec. */
  path: (string | number)[];
  /** To be read after the name of the place. */
  message: string;
}

/** The most nodes that a cluster may have. */
const mostNodes = 100;
/** The most entries that the schema takes in a list of the spec. */
const mostEntries = 200;

/** What contradicts itself in a spec whose parts are each right; empty when nothing does. */
export function brokenRules(spec: TemplateSpec): Finding[] {
  const broken = nodeRules(spec);
  // Comparing everything with everything is only done with what a cluster can be made of.
  const lists = [spec.ports, spec.mounts, spec.manifests, spec.certificates, spec.parameters];
  if (nodeCount(spec.nodes) > mostNodes || lists.some((list) => list.length > mostEntries)) return broken;
  return [
    ...broken,
    ...rangeRules(spec),
    ...portRules(spec),
    ...mountRules(spec),
    ...providerRules(spec),
    ...parameterRules(spec),
    ...unique(spec.manifests, 'manifests', 'another manifest'),
    ...unique(spec.certificates, 'certificates', 'another certificate'),
  ];
}

function nodeRules({ nodes }: TemplateSpec): Finding[] {
  const total = nodeCount(nodes);
  const most = `name at most ${mostNodes} nodes, not ${total}`;
  return [
    ...(nodeCount(nodes, 'control-plane') === 0
      ? [{ path: ['nodes'], message: 'name at least one control plane' }]
      : []),
    ...(total > mostNodes ? [{ path: ['nodes'], message: most }] : []),
    ...unique(nodes, 'nodes', 'another pool'),
  ];
}

function unique(entries: readonly { name?: string | undefined }[], field: string, other: string): Finding[] {
  return entries.flatMap(({ name }, index) =>
    name !== undefined && entries.findIndex((entry) => entry.name === name) < index
      ? [{ path: [field, index, 'name'], message: `${other} is called ${name} already` }]
      : [],
  );
}

const familyExamples = { ipv4: 'an IPv4 range', ipv6: 'an IPv6 range', dual: 'an IPv4 and an IPv6 range' };

function rangeRules({ networking }: TemplateSpec): Finding[] {
  // Ranges that are none have been told of, and leave all of them out.
  if (networking.podSubnet === undefined || networking.serviceSubnet === undefined) return [];
  const fields = ['podSubnet', 'serviceSubnet'] as const;
  const wanted = networking.ipFamily === 'dual' ? ['ipv4', 'ipv6'] : [networking.ipFamily];
  const families = fields.flatMap((field) => {
    const found = rangesIn(networking[field]).map((range) => range.family);
    if (found.length === 0 || found.toSorted().join() === wanted.join()) return [];
    return [
      {
        path: ['networking', field],
        message: `name ${familyExamples[networking.ipFamily]}, because ipFamily is ${networking.ipFamily}`,
      },
    ];
  });
  const services = rangesIn(networking.serviceSubnet);
  const clash = rangesIn(networking.podSubnet).some((pods) => services.some((range) => overlap(pods, range)));
  const message = `it overlaps with podSubnet ${networking.podSubnet}`;
  return [...families, ...(clash ? [{ path: ['networking', 'serviceSubnet'], message }] : [])];
}

interface Listener {
  path: (string | number)[];
  what: string;
  address: string;
  port: number;
  protocol: string;
}

function portRules(spec: TemplateSpec): Finding[] {
  const { address, port } = spec.networking.apiServer;
  const listeners: Listener[] = [
    { path: ['networking', 'apiServer', 'port'], what: 'the API server', address, port, protocol: 'TCP' },
    ...spec.ports.map(({ hostAddress, hostPort, protocol }, index) => ({
      path: ['ports', index, 'hostPort'],
      what: 'another entry',
      address: hostAddress,
      port: hostPort,
      protocol,
    })),
  ];
  const twice = listeners.flatMap((listener, index) => {
    const first = listeners.slice(0, index).find((earlier) => sameDoor(earlier, listener));
    return first ? [{ path: listener.path, message: `${first.what} uses port ${listener.port} already` }] : [];
  });
  const strangers = spec.ports.flatMap(({ to }, index) =>
    'node' in to ? unknownNode(spec, to.node, ['ports', index, 'to', 'node']) : [],
  );
  return [...twice, ...strangers];
}

/** A wildcard address takes the port of every other address, whatever its family (kind 0.33 compares alike). */
function sameDoor(one: Listener, other: Listener): boolean {
  const everywhere = (address: string) => address === '0.0.0.0' || address === '::';
  if (one.port === 0 || one.port !== other.port || one.protocol !== other.protocol) return false;
  return one.address === other.address || everywhere(one.address) || everywhere(other.address);
}

function unknownNode(spec: TemplateSpec, name: string, path: (string | number)[]): Finding[] {
  if (nodesCalled(spec, name).length > 0) return [];
  const known = knownNodeNames(spec);
  const meant = nearest(name, known);
  const advice = meant ? `did you mean ${meant}?` : `there are ${known.slice(0, 8).join(', ')}`;
  return [{ path, message: `no pool and no node is called ${name}, ${advice}` }];
}

function mountRules(spec: TemplateSpec): Finding[] {
  const strangers = spec.mounts.flatMap(({ nodes = [] }, index) =>
    nodes.flatMap((name, place) => unknownNode(spec, name, ['mounts', index, 'nodes', place])),
  );
  const shared = spec.mounts.map((mount, index) => ({
    path: ['mounts', index, 'containerPath'],
    containerPath: mount.containerPath,
    on: new Set((mount.nodes ?? ['all']).flatMap((name) => nodesCalled(spec, name).map((node) => node.name))),
  }));
  const own = spec.nodes.flatMap((pool, index) =>
    pool.mounts.map(({ containerPath }, place) => ({
      path: ['nodes', index, 'mounts', place, 'containerPath'],
      containerPath,
      on: new Set(templateNodes(spec).flatMap((node) => (node.pool === pool ? node.name : []))),
    })),
  );
  const all = [...own, ...shared];
  const twice = all.flatMap((mount, index) => {
    const taken = all
      .slice(0, index)
      .some(
        (earlier) =>
          earlier.containerPath === mount.containerPath && [...mount.on].some((node) => earlier.on.has(node)),
      );
    return taken ? [{ path: mount.path, message: `${mount.containerPath} is another mount's already` }] : [];
  });
  return [...strangers, ...twice];
}

/** Settings of the other provider would be left unread, so they are refused. */
function providerRules(spec: TemplateSpec): Finding[] {
  if (spec.provider === 'kubeadm') {
    const message = 'only the provider k3s takes arguments of k3s';
    return [
      ...(spec.k3s.serverArgs.length > 0 ? [{ path: ['k3s', 'serverArgs'], message }] : []),
      ...(spec.k3s.agentArgs.length > 0 ? [{ path: ['k3s', 'agentArgs'], message }] : []),
      ...spec.nodes.flatMap(({ k3sArgs }, index) =>
        k3sArgs.length > 0 ? [{ path: ['nodes', index, 'k3sArgs'], message }] : [],
      ),
    ];
  }
  const message = 'only the provider kubeadm has a configuration of kubeadm';
  const fields = ['kubeadm', 'kubeadmJson6902'] as const;
  return [
    ...fields.flatMap((field) => (spec.patches[field].length > 0 ? [{ path: ['patches', field], message }] : [])),
    ...spec.nodes.flatMap(({ patches }, index) =>
      fields.flatMap((field) =>
        patches[field].length > 0 ? [{ path: ['nodes', index, 'patches', field], message }] : [],
      ),
    ),
  ];
}

function parameterRules({ parameters }: TemplateSpec): Finding[] {
  const defaults = parameters.flatMap((parameter, index) => {
    const at = (field: string) => ['parameters', index, field];
    const allowed: readonly Scalar[] | undefined = 'allowed' in parameter ? parameter.allowed : undefined;
    const missing = parameter.default !== undefined && allowed && !allowed.includes(parameter.default);
    const findings = missing ? [{ path: at('default'), message: 'it is none of the allowed values' }] : [];
    if (parameter.type !== 'integer') return findings;
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = parameter;
    if (minimum > maximum) return [{ path: at('maximum'), message: 'it is smaller than minimum' }];
    const outside = (value: number) => value < minimum || value > maximum;
    const bounds = 'it is not between minimum and maximum';
    return [
      ...findings,
      ...(parameter.default !== undefined && outside(parameter.default)
        ? [{ path: at('default'), message: bounds }]
        : []),
      ...(parameter.allowed?.some(outside) ? [{ path: at('allowed'), message: bounds }] : []),
    ];
  });
  return [...unique(parameters, 'parameters', 'another parameter'), ...defaults];
}
