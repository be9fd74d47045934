// What makes a control plane of a node that comes later: a member of etcd, its own API server, and a place behind the entrance.
import { AppError } from '../../../../shared/model/errors';
import type { PlannedStep, StepKind } from '../../../../shared/model/operation';
import type { Engine } from '../../engine/engine';
import { execInContainer, execOrThrow } from '../../engine/exec';
import type { StepContext } from '../../operations/operation';
import { type Building, clusterAddressesOf } from '../bootstrap/building';
import { joinEtcd, startLaterControlPlane, storeFurtherControlPlane } from '../bootstrap/scripts';
import { atLeastMinor } from '../providers/kubeadm/kubernetes-version';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import { addLearner, promote, removeMember } from './etcd';
import { forgetControlPlane } from './forget';
import type { Grow } from './grow';
import type { Entered, StepPair } from './part';
import { welcome } from './welcome';

/** Milliseconds for a kubelet's journal to be read. */
const wordsLimit = 10_000;

/**
 * etcd takes one member that does not vote yet at a time, so control planes join it one after another; their API servers start side by
 * side. Each adds itself to what kubeadm stores when the one before has done so.
 */
export function joiningControlPlane(entered: Entered, node: PlannedNode, grow: Grow): StepPair[] {
  const { name } = node;
  const { lastJoin, last } = entered.etcd;
  const step = (
    kind: StepKind,
    title: string,
    weight: number,
    after: string[],
    act: (building: Building, context: StepContext) => Promise<void>,
    command?: string,
  ): StepPair => {
    const planned: PlannedStep = {
      id: `${kind}:${name}`,
      kind,
      title,
      lane: name,
      weight,
      after,
      ...(command && { command }),
    };
    return [planned, async (context) => act(await grow(context), context)];
  };
  entered.etcd.lastJoin = `etcd-join:${name}`;
  entered.etcd.last = `cluster-config:${name}`;
  return [
    step(
      'etcd-join',
      `Joining etcd on ${name}`,
      6,
      [`node-boot:${name}`, lastJoin],
      (building, context) => joinMember(entered, building, node, context),
      `etcdctl member add ${name} --learner`,
    ),
    step(
      'control-plane-start',
      `Starting the API server on ${name}`,
      5,
      [`etcd-join:${name}`, `kubelet-start:${name}`, 'endpoint'],
      async ({ engine }, { signal, log }) => {
        await execOrThrow(engine, name, startLaterControlPlane(), { signal, onLine: log });
      },
      'kubeadm init phase control-plane all',
    ),
    step(
      'cluster-config',
      `Storing the configuration of ${name}`,
      2,
      [`control-plane-start:${name}`, `node-join:${name}`, last],
      (building, context) => store(entered, building, node, context),
      'kubeadm init phase mark-control-plane',
    ),
  ];
}

/** The new member follows until it has all that the others have, and votes from then on. */
async function joinMember(entered: Entered, building: Building, node: PlannedNode, context: StepContext) {
  const { engine, first } = entered.live();
  const { signal, log } = context;
  const door = { engine, node: first.name, signal };
  const [address] = clusterAddressesOf(building, node);
  context.undo(`the member ${node.name} of etcd`, (within) => removeMember({ ...door, signal: within }, address));
  const members = await addLearner(door, node.name, address);
  const words = members.map(({ name, peerURLs }) => `${name}=${peerURLs[0]}`);
  await execOrThrow(engine, node.name, joinEtcd(words), { signal, onLine: log });
  context.progress(0.3, 'waiting until it has caught up');
  await promote(door, address).catch(async (error) => {
    signal.throwIfAborted();
    throw await withKubeletWords(engine, node.name, error);
  });
}

const kubeletWords = ['journalctl', '--unit=kubelet', '--lines=20', '--output=cat', '--no-pager'];

/** A member that does not come up is one that the kubelet did not start, and it knows why. */
async function withKubeletWords(engine: Engine, node: string, error: unknown): Promise<unknown> {
  if (!(error instanceof AppError)) return error;
  const signal = AbortSignal.timeout(wordsLimit);
  const { stdout } = await execInContainer(engine, node, kubeletWords, { signal }).catch(() => ({ stdout: '' }));
  const { code, message, params, hints } = error;
  const detail = [error.detail, stdout && `The kubelet of ${node}:\n${stdout}`].filter(Boolean).join('\n');
  return new AppError(code, message, { ...(params && { params }), detail, hints, cause: error });
}

async function store(entered: Entered, { engine }: Building, node: PlannedNode, context: StepContext): Promise<void> {
  const { kube, version } = entered.live();
  const withStatus = !atLeastMinor(version, 22);
  if (withStatus)
    context.undo(`what kubeadm stored of ${node.name}`, (signal) => forgetControlPlane(kube, node.name, signal));
  await execOrThrow(engine, node.name, storeFurtherControlPlane(withStatus), {
    signal: context.signal,
    onLine: context.log,
  });
  await welcome(entered, node, context);
}
