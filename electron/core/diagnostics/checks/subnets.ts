// Do the addresses of clusters clash with what this computer routes elsewhere, such as a VPN?
import type Docker from 'dockerode';
import { overlap, rangesIn } from '../../../../shared/model/template/ranges';
import { explained } from '../../engine/failures';
import type { Route } from '../../engine/host-routes';
import { subnetsOf } from '../../engine/networks';
import { type Checkup, type Finding, findingsOf } from '../check';

const why =
  'Packets for one of the two end at the other: the cluster cannot be reached, or what lies behind the VPN cannot.';

const words = {
  'subnets-apart': {
    title: 'The networks of clusters clash with no other',
    evidence: 'networks: {{count}}',
    why,
  },
  'subnet-clash': {
    title: 'The network {{network}} clashes with {{device}}',
    evidence: '{{network}} has {{subnet}}; {{device}} leads to {{route}}',
    why,
    advice:
      'Disconnect the VPN or the other network while you use the cluster; or, with it connected, create the cluster anew: it then takes addresses that are free.',
  },
  'pods-clash': {
    title: "The pods' addresses clash with {{device}}",
    evidence: 'pods get {{range}}; {{device}} leads to {{route}}',
    why: 'Pods cannot reach what lies behind that route: such an address is another pod to them.',
    advice: 'Choose another range in the template: spec.networking.podSubnet',
  },
  'services-clash': {
    title: "The Services' addresses clash with {{device}}",
    evidence: 'Services get {{range}}; {{device}} leads to {{route}}',
    why: 'Pods cannot reach what lies behind that route: such an address is a Service to them.',
    advice: 'Choose another range in the template: spec.networking.serviceSubnet',
  },
};
const finding = findingsOf('network', words);

/** Bits: a shorter route is a company's whole network, in which hardly ever anything has just these addresses. */
const narrow = 12;

export const subnetsCheckup: Checkup = {
  words,
  async examine({ engine, computer, clusters, signal }) {
    if (!engine || isRemote(engine.endpoint.host)) return [];
    const used = new Set(clusters.map(({ network }) => network));
    const [routes, listed] = await Promise.all([
      computer.routes(),
      explained(() => engine.docker.listNetworks({ abortSignal: signal })),
    ]);
    const networks = listed.filter(({ Name }) => used.has(Name));
    const clashes = networks.flatMap((network) => clashesOf(network, routes));
    if (clashes.length > 0) return clashes;
    return [finding({ id: 'subnets', code: 'subnets-apart', verdict: 'ok', params: { count: networks.length } })];
  },
  async examineFor({ computer }, { podSubnet, serviceSubnet }) {
    const routes = (await computer.routes()).filter(({ subnet }) => Number(subnet.split('/')[1]) >= narrow);
    return [...rangeClash('pods-clash', podSubnet, routes), ...rangeClash('services-clash', serviceSubnet, routes)];
  },
};

/** Its routes are those of another computer. */
function isRemote(host: string): boolean {
  return /^(tcp|https?|ssh):/.test(host);
}

function clashesOf(network: Docker.NetworkInspectInfo, routes: readonly Route[]): Finding[] {
  const own = bridgeOf(network);
  return subnetsOf(network).flatMap((subnet) => {
    const clash = firstClash(
      subnet,
      routes.filter(({ device }) => device !== own),
    );
    if (!clash) return [];
    const params = { network: network.Name, subnet, device: clash.device, route: clash.subnet };
    return [finding({ id: `subnet-clash:${network.Name}`, code: 'subnet-clash', verdict: 'warning', params })];
  });
}

/** The engine's own interface of a bridge network, where it is one of this computer. */
function bridgeOf({ Id, Options }: Docker.NetworkInspectInfo): string {
  return Options?.['com.docker.network.bridge.name'] ?? `br-${Id.slice(0, 12)}`;
}

function rangeClash(code: 'pods-clash' | 'services-clash', range: string, routes: Route[]): Finding[] {
  const clash = firstClash(range, routes);
  if (!clash) return [];
  const params = { range, device: clash.device, route: clash.subnet };
  return [finding({ id: code, code, verdict: 'warning', params })];
}

function firstClash(range: string, routes: readonly Route[]): Route | undefined {
  const own = rangesIn(range);
  return routes.find(({ subnet }) => rangesIn(subnet).some((other) => own.some((one) => overlap(one, other))));
}
