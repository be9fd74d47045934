// Opening and closing ports of a running cluster: a container comes or goes, nodes and other ports notice nothing.
import { type ClusterChange, portText } from '../../../../shared/model/change';
import type { OpenPort } from '../../../../shared/model/cluster';
import { AppError } from '../../../../shared/model/errors';
import { openPort, type PortsOf, portContainerName } from '../edge/ports';
import { removeContainer } from '../remove';
import type { LiveCluster } from './live-cluster';
import { type Entered, type Part, partOf } from './part';

type Opening = Extract<ClusterChange, { kind: 'open-port' }>;
type Closing = Extract<ClusterChange, { kind: 'close-port' }>;

/** What ports need to know of a cluster. */
export function portsOf({ cluster, network, serviceSubnet, first, members }: LiveCluster): PortsOf {
  return { cluster: cluster.name, image: first.image, network, serviceSubnet, nodes: members.all() };
}

/** Throws `port-taken` when the cluster has the port already. */
export function opening(entered: Entered, { port }: Opening, index: number): Part {
  const { cluster, options, operation, closing } = entered;
  const taken = port.hostPort !== 0 && cluster.ports?.some((open) => portText(open) === portText(port));
  if (taken && !closing.has(portText(port))) {
    throw new AppError('port-taken', `Port ${portText(port)} leads into ${cluster.name} already`, {
      params: { port: port.hostPort, container: cluster.name },
      hints: [{ text: `Close it first: boathouse ports close ${cluster.name} ${port.hostPort}` }],
    });
  }
  const to = 'service' in port.to ? `service ${port.to.namespace}/${port.to.service}` : 'the nodes';
  return partOf([
    {
      id: `port-open:${index}`,
      kind: 'port-open',
      title: `Opening ${port.hostPort === 0 ? 'a port' : portText(port)} to ${to}`,
      lane: 'engine',
      weight: 1,
      // A port that is led somewhere else is closed before.
      after: [taken ? `port-close:${portText(port)}` : 'cluster-survey'],
    },
    async ({ signal, log, undo }) => {
      const live = entered.live();
      const facts = { version: options.version, operation };
      const opened = await openPort(live.engine, portsOf(live), port, { resources: options.resources, facts, signal });
      log(`${portText(opened)} is open`);
      const containerId = portContainerName(cluster.name, opened);
      undo(`the port ${portText(opened)}`, async (within) => {
        live.members.exclude({ containerId });
        await removeContainer(live.engine, containerId, within);
      });
      await live.members.include({ ...opened, containerId, state: 'running' }, signal);
    },
  ]);
}

/** Throws `not-found` when no such port is open. */
export function closing(entered: Entered, { port }: Closing): Part {
  const { cluster } = entered;
  const open = cluster.ports?.find((one) => portText(one) === portText(port));
  if (!open) throw noSuchPort(cluster.name, portText(port), cluster.ports ?? []);
  return partOf([
    {
      id: `port-close:${portText(port)}`,
      kind: 'port-close',
      title: `Closing ${portText(port)}`,
      lane: 'engine',
      weight: 0.5,
      after: ['cluster-survey'],
      command: `docker rm -f ${open.containerId.slice(0, 12)}`,
    },
    async ({ signal, undo }) => {
      const live = entered.live();
      const { options, operation } = entered;
      undo(`the closed port ${portText(open)}`, async (within) => {
        const facts = { version: options.version, operation };
        const { hostAddress, hostPort, protocol, to } = open;
        const again = { hostAddress, hostPort, protocol, to };
        await openPort(live.engine, portsOf(live), again, { resources: options.resources, facts, signal: within });
      });
      live.members.exclude(open);
      await removeContainer(live.engine, open.containerId, signal);
    },
  ]);
}

function noSuchPort(name: string, port: string, open: readonly OpenPort[]): AppError {
  const known = open.map(portText).join(', ') || 'none';
  return new AppError('not-found', `${port} is no open port of ${name}`, {
    params: { what: port },
    hints: [{ text: `Open ports: ${known}` }],
  });
}
