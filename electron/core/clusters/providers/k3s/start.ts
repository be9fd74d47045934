// Starting a stopped, paused or half-running k3s cluster, ours or k3d's, until it is Ready again, with what k3d restores at each start.
import type { Cluster } from '../../../../../shared/model/cluster';
import { AppError } from '../../../../../shared/model/errors';
import type { Engine } from '../../../engine/engine';
import { engineFailure, explained } from '../../../engine/failures';
import { namePortOwner } from '../../../engine/ports';
import type { Kube } from '../../../kube/connect';
import { waitForApi } from '../../../kube/wait';
import type { Job, StepAction, StepContext } from '../../../operations/operation';
import { explainFailure } from '../../../problems/explain';
import { connectAsAdmin } from '../../admin';
import { waitForFreshNode } from '../../fresh-node';
import type { VerbContext } from '../provider';
import { readK3sKubeconfig } from './access';
import { waitForK3sDns } from './dns';
import { inspectNodes, type K3sNode } from './facts';
import { k3dLabels } from './labels';
import { readyWords, waitForWords } from './ready';
import { restoreNames } from './restore-names';
import { startK3sPlan } from './start-plan';

const apiLimit = 240_000;

export async function startK3s(context: VerbContext, engine: Engine, cluster: Cluster): Promise<Job> {
  const nodes = await inspectNodes(engine, cluster);
  const servers = nodes.filter(({ role }) => role === 'control-plane');
  const [server] = servers;
  const actions = new Map<string, StepAction>();
  let kube: Kube | undefined;
  const api = () => {
    if (!kube) throw new AppError('internal', 'the API is asked before it is connected to');
    return kube;
  };
  for (const node of nodes) {
    actions.set(`node-start:${node.name}`, (step) => startNode(engine, node, step));
    actions.set(`node-ready:${node.name}`, (step) => waitForFreshNode(engine, api(), node, step));
  }
  actions.set('host-names', (step) =>
    restoreNames(engine, { network: cluster.network, nodes, aliases: nodes.map(aliasLabel).find(Boolean) }, step),
  );
  actions.set('api-server', async ({ signal }) => {
    const running = (await context.read(engine, signal)).find((one) => one.name === cluster.name);
    kube = await connectAsAdmin(engine, running ?? cluster, signal, readK3sKubeconfig);
    await waitForApi(kube, signal, apiLimit);
  });
  actions.set('dns', async ({ signal, progress }) => {
    const target = { kube: api(), engine, server: server?.containerId ?? '' };
    await waitForK3sDns(target, { signal, onWaiting: (what) => progress(undefined, what) });
  });
  return {
    plan: startK3sPlan(cluster.name, nodes),
    actions,
    explain: (error) => explainFailure(error, { cluster: cluster.name, kept: false }),
  };
}

/** Starts a container and waits for the words that k3d waits for. */
async function startNode(engine: Engine, node: K3sNode, { signal, log }: StepContext): Promise<void> {
  const container = engine.docker.getContainer(node.containerId);
  const { State } = await explained(() => container.inspect({ abortSignal: signal }));
  if (State.Paused) await explained(() => container.unpause({ abortSignal: signal }));
  if (State.Running) return;
  try {
    await container.start({ abortSignal: signal });
  } catch (error) {
    throw await namePortOwner(engine, engineFailure(error), node.containerId);
  }
  if (node.k3sRole === 'port') return;
  await waitForWords(engine, node, readyWords(node.k3sRole, 'start'), { signal, onLine: log });
}

function aliasLabel({ labels }: K3sNode): string | undefined {
  return labels[k3dLabels.hostAliases];
}
