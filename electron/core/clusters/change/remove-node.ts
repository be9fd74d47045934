// Removing a node: its pods move away first, as their disruption budgets allow; cancelled before it is gone, it takes pods again.
import { type ClusterChange, portText } from '../../../../shared/model/change';
import type { Cluster, ClusterNode, OpenPort } from '../../../../shared/model/cluster';
import { AppError } from '../../../../shared/model/errors';
import type { StepContext } from '../../operations/operation';
import { portsWithout } from '../edge/ports';
import { drainNode } from './drain';
import { cordon } from './node-settings';
import { type Entered, type Part, partOf } from './part';
import { hindranceToLeave } from './quorum';

type Removing = Pick<Extract<ClusterChange, { kind: 'remove-node' }>, 'node' | 'force'>;

/** Milliseconds for what cannot be taken back once it has begun. */
const deleteLimit = 120_000;

/**
 * Throws `not-found` when there is no such node, and `not-possible` when the cluster cannot do without it: a control plane that etcd
 * needs, or the only node that a port leads to. `before`: the steps that it comes after.
 */
export function removingNode(entered: Entered, { node: name, force }: Removing, before = ['cluster-survey']): Part {
  const { cluster, etcd } = entered;
  const node = cluster.nodes.find((one) => one.name === name);
  if (!node) throw noSuchNode(cluster, name);
  refusePortless(entered, name);
  const leads = node.role === 'control-plane';
  const after = [`node-drain:${name}`, ...(leads ? [etcd.last] : [])];
  if (leads) {
    refuseToLose(cluster.name, name, etcd);
    etcd.members.delete(name);
    etcd.well.delete(name);
    etcd.last = `node-delete:${name}`;
    etcd.lastJoin = etcd.last;
  }
  const flags = `--ignore-daemonsets --delete-emptydir-data${force ? ' --force --disable-eviction' : ''}`;
  return partOf(
    [
      {
        id: `node-drain:${name}`,
        kind: 'node-drain',
        title: `Moving the pods of ${name} away`,
        lane: name,
        weight: 5,
        after: before,
        command: `kubectl drain ${name} ${flags}`,
      },
      (context) => empty(entered, node, force, context),
    ],
    [
      {
        id: `node-delete:${name}`,
        kind: 'node-delete',
        title: leads ? `Taking ${name} out of etcd and deleting it` : `Deleting ${name}`,
        lane: name,
        weight: leads ? 2 : 1,
        after: [...new Set(after)],
        command: `docker rm -f -v ${name}`,
      },
      (context) => remove(entered, node, context),
    ],
  );
}

/** Cordons the node and moves its pods away. One that does not run has none that could move. */
async function empty({ live, ways }: Entered, node: ClusterNode, force: boolean, context: StepContext): Promise<void> {
  const { kube, version, cluster } = live();
  const { signal, log, undo, progress } = context;
  const { name } = node;
  if (node.role === 'control-plane') await ways.refuseToLose(live(), node, signal);
  // A node that was unschedulable before stays so.
  const before = await cordon(kube, name, true);
  undo(`${name} takes no pods`, async () => {
    if (!before) await cordon(kube, name, false);
  });
  if (node.state !== 'running') return;
  const onWaiting = (what: string) => progress(undefined, what);
  await drainNode({ kube, version, node: name, force, signal, log, onWaiting }).catch((error) => {
    throw withCommand(error, cluster.name, name);
  });
}

/** Cancelled before it begins, and not half-way. */
async function remove({ live, ways }: Entered, node: ClusterNode, { signal, progress }: StepContext): Promise<void> {
  if (node.role === 'control-plane') await ways.refuseToLose(live(), node, signal);
  signal.throwIfAborted();
  await ways.takeOut(live(), node, { signal: AbortSignal.timeout(deleteLimit), progress });
}

/** Throws `not-possible` when etcd cannot do without the member, by what is known of the members. */
export function refuseToLose(
  cluster: string,
  node: string,
  { members, well }: Pick<Entered['etcd'], 'members' | 'well'>,
): void {
  const why = hindranceToLeave(node, [...members], [...well]);
  if (!why) return;
  const params = { name: cluster, node, maker: 'boathouse', ability: 'change', why };
  if (why === 'last') {
    throw new AppError('not-possible', `${node} is the only control plane of ${cluster}`, {
      params,
      hints: [
        { text: `Add others first: boathouse nodes add ${cluster} --role control-plane --count 2` },
        { text: `Or delete the whole cluster: boathouse delete ${cluster}` },
      ],
    });
  }
  const ill = [...members].filter((member) => !well.has(member));
  throw new AppError('not-possible', `Without ${node} too few members of etcd would be left that are well`, {
    params,
    detail: `Members: ${[...members].join(', ')}. Not well: ${ill.join(', ') || 'none'}.`,
    hints: ill.includes(node)
      ? [{ text: `Start ${node}, so that the others can agree on its leaving: docker start ${node}` }]
      : [
          { text: `Start ${ill.join(', ')} first: boathouse start ${cluster}` },
          ...ill
            .slice(0, 1)
            .map((one) => ({ text: `Or remove ${one} instead: boathouse nodes remove ${cluster} ${one}` })),
        ],
  });
}

/** A port must keep a node that it leads to, unless the same change closes it. */
function refusePortless({ cluster, leaving, closing }: Entered, node: string): void {
  const staying = cluster.nodes.filter(({ name }) => !leaving.has(name));
  const ports = (cluster.ports ?? []).filter((one) => !closing.has(portText(one)));
  const lost = portsWithout(cluster.name, ports, cluster.nodes);
  const [port] = portsWithout(cluster.name, ports, staying).filter((one) => !lost.includes(one));
  if (port) throw portNeeds(cluster.name, node, port);
}

function portNeeds(cluster: string, node: string, port: OpenPort): AppError {
  return new AppError('not-possible', `The port ${portText(port)} leads to ${node} alone`, {
    params: { name: cluster, node, maker: 'boathouse', ability: 'change', why: 'port', port: portText(port) },
    hints: [{ text: `Close it first: boathouse ports close ${cluster} ${port.hostPort}` }],
  });
}

/** The words of a refused drain with the command that goes past it. */
function withCommand(error: unknown, cluster: string, node: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'not-possible') return error;
  const { code, message, detail, params } = error;
  return new AppError(code, message, {
    ...(params && { params }),
    ...(detail && { detail }),
    hints: [
      { text: 'Move or delete them first.' },
      { text: `Remove the node with them: boathouse nodes remove ${cluster} ${node} --force` },
    ],
    cause: error,
  });
}

function noSuchNode({ name, nodes }: Cluster, what: string): AppError {
  return new AppError('not-found', `${name} has no node called ${what}`, {
    params: { what },
    hints: [{ text: `Its nodes: ${nodes.map((node) => node.name).join(', ') || 'none'}` }],
  });
}
