// What starting a k3s cluster consists of, as a graph: k3d's order, because a server that starts too early ends again.
import type { Plan, PlannedStep } from '../../../../../shared/model/operation';
import type { K3sNode } from './facts';

/** `nodes` in the order of their start. k3d 5.9: servers one after another, then all agents, then the load balancer. */
export function startK3sPlan(name: string, nodes: readonly K3sNode[]): Plan {
  const started = (node: K3sNode) => `node-start:${node.name}`;
  const servers = nodes.filter(({ k3sRole }) => k3sRole === 'init-server' || k3sRole === 'server');
  const agents = nodes.filter(({ k3sRole }) => k3sRole === 'agent');
  const balancers = nodes.filter(({ k3sRole }) => k3sRole === 'loadbalancer' || k3sRole === 'port');
  const lastServer = servers.slice(-1).map(started);
  const kubernetesNodes = [...servers, ...agents];
  const allNodes = kubernetesNodes.map(started);
  const everything = [...allNodes, ...balancers.map(started)];
  return {
    kind: 'start',
    subject: name,
    steps: [
      ...servers.map((node, index) => startStep(node, servers.slice(0, index).slice(-1).map(started))),
      ...agents.map((node) => startStep(node, lastServer)),
      ...balancers.map((node) => startStep(node, allNodes)),
      {
        id: 'host-names',
        kind: 'host-names',
        title: 'Restoring the names of this computer and of the nodes',
        lane: 'cluster',
        weight: 2,
        after: everything,
      },
      {
        id: 'api-server',
        kind: 'api-server',
        title: 'Waiting until the API server answers',
        lane: 'cluster',
        weight: 3,
        after: everything,
        command: 'kubectl get --raw /livez',
      },
      ...kubernetesNodes.map(
        ({ name: node }): PlannedStep => ({
          id: `node-ready:${node}`,
          kind: 'node-ready',
          title: `Waiting until ${node} is Ready`,
          lane: node,
          weight: 5,
          after: ['api-server'],
          command: `kubectl wait --for=condition=Ready node/${node}`,
        }),
      ),
      ...(disablesDns(servers) ? [] : [dnsStep(kubernetesNodes)]),
    ],
  };
}

function dnsStep(nodes: readonly K3sNode[]): PlannedStep {
  return {
    id: 'dns',
    kind: 'dns',
    title: 'Waiting until DNS answers',
    lane: 'cluster',
    weight: 5,
    after: ['host-names', ...nodes.map(({ name }) => `node-ready:${name}`)],
  };
}

function startStep(node: K3sNode, after: string[]): PlannedStep {
  return {
    id: `node-start:${node.name}`,
    kind: 'node-start',
    title: `Starting ${node.name}`,
    lane: node.name,
    weight: node.k3sRole === 'loadbalancer' || node.k3sRole === 'port' ? 1 : 8,
    after,
    command: `docker start ${node.name}`,
  };
}

/** k3d 5.9: an argument that begins with --disable and names CoreDNS. The names may be the next argument, too. */
export function disablesDns(servers: readonly Pick<K3sNode, 'args'>[]): boolean {
  return servers.some(({ args }) =>
    args.some(
      (arg, index) => arg.startsWith('--disable') && (arg.includes('coredns') || args[index + 1]?.includes('coredns')),
    ),
  );
}
