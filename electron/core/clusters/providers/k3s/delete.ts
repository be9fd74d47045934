// Deleting a k3s cluster, ours or k3d's: everything that k3d's own delete removes, and nothing that another cluster uses.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cluster, containersOf } from '../../../../../shared/model/cluster';
import type { OperationKind, Plan, PlannedStep, StepKind } from '../../../../../shared/model/operation';
import type { Engine } from '../../../engine/engine';
import { explained } from '../../../engine/failures';
import { removeFromKubeconfig } from '../../../kubeconfig/remove';
import type { Job, StepAction } from '../../../operations/operation';
import type { CoreOptions } from '../../../options';
import { type ListedContainer, nameOf } from '../../listed';
import { removeContainer, removeVolumes, unlessGone } from '../../remove';
import type { VerbContext } from '../provider';
import { k3dLabels, k3dName } from './labels';

/** What is there of a cluster beyond its nodes. */
export interface K3sLeftovers {
  /** Its other containers: tools, registries that were made with it. */
  others: readonly { id: string; name: string; disconnect: boolean }[];
  /** Its network, where it is the cluster's own. */
  network: string | undefined;
}

/** k3d 5.9: a registry that is in another network, too, is used by other clusters: it is only taken out of this one's. */
export function leftoversOf(
  cluster: Pick<Cluster, 'nodes' | 'entrance'>,
  containers: readonly ListedContainer[],
): K3sLeftovers {
  const isNode = new Set(containersOf(cluster).map(({ containerId }) => containerId));
  const labels = containers.map(({ Labels }) => Labels);
  const networkName = labels.map((one) => one[k3dLabels.network]).find((name) => name !== undefined && name !== '');
  const external = labels.some((one) => one[k3dLabels.networkExternal] === 'true');
  const others = containers
    .filter(({ Id }) => !isNode.has(Id))
    .map((container) => ({
      id: container.Id,
      name: nameOf(container),
      disconnect: container.Labels[k3dLabels.role] === 'registry' && isElsewhere(container, networkName),
    }));
  return { others, network: external || networkName === 'host' ? undefined : networkName };
}

function isElsewhere({ NetworkSettings }: ListedContainer, own: string | undefined): boolean {
  return Object.keys(NetworkSettings?.Networks ?? {}).some((name) => ![own, 'bridge', 'host'].includes(name));
}

type AddStep = (kind: StepKind, lane: string, title: string, weight: number, after: string[], command?: string) => void;

export function deleteK3sPlan(kind: OperationKind, cluster: Cluster, { others, network }: K3sLeftovers): Plan {
  const steps: PlannedStep[] = [];
  const add: AddStep = (step, lane, title, weight, after, command) => {
    const id = lane === 'cluster' || lane === 'engine' ? step : `${step}:${lane}`;
    steps.push({ id, kind: step, title, lane, weight, after, ...(command && { command }) });
  };
  const before = ['kubeconfig-remove'];
  add('kubeconfig-remove', 'cluster', `Removing the context ${cluster.context}`, 0.1, []);
  const doomed = [
    ...containersOf(cluster).map(({ name }) => name),
    ...others.flatMap((one) => (one.disconnect ? [] : one.name)),
  ];
  for (const name of doomed) {
    add('node-delete', name, `Deleting ${name}`, 1, before, `docker rm -f -v ${name}`);
  }
  for (const { name } of others.filter(({ disconnect }) => disconnect)) {
    const title = `Taking ${name} out of the network`;
    add('registry-disconnect', name, title, 0.3, before, `docker network disconnect ${network ?? ''} ${name}`);
  }
  const gone = [...before, ...steps.slice(1).map(({ id }) => id)];
  const volumes = `docker volume rm $(docker volume ls -q --filter label=k3d.cluster=${k3dName(cluster)})`;
  if (network) add('network-delete', 'engine', 'Deleting the network', 0.3, gone, `docker network rm ${network}`);
  add('volume-delete', 'engine', 'Deleting the volumes', 0.3, gone, volumes);
  return { kind, subject: cluster.name, steps };
}

export async function deleteK3s(
  context: VerbContext,
  engine: Engine,
  cluster: Cluster,
  kind: OperationKind,
): Promise<Job> {
  const name = k3dName(cluster);
  const label = `${k3dLabels.cluster}=${name}`;
  const filters = { label: [label, `${k3dLabels.app}=k3d`] };
  const containers = await explained(() => engine.docker.listContainers({ all: true, filters }));
  const leftovers = leftoversOf(cluster, containers as ListedContainer[]);
  const { network } = leftovers;
  const actions = new Map<string, StepAction>();
  actions.set('kubeconfig-remove', async ({ signal, log }) => {
    const { files } = await removeFromKubeconfig(context.kubeconfig, cluster, signal);
    for (const file of files) log(`changed ${file}`);
    await removeStandalone(context.options, cluster);
  });
  for (const { name: node, containerId } of containersOf(cluster)) {
    actions.set(`node-delete:${node}`, ({ signal }) => removeContainer(engine, containerId, signal));
  }
  for (const other of leftovers.others) {
    actions.set(`node-delete:${other.name}`, ({ signal }) => removeContainer(engine, other.id, signal));
    actions.set(`registry-disconnect:${other.name}`, ({ signal }) => disconnect(engine, network, other.id, signal));
  }
  actions.set('network-delete', ({ signal, log }) => removeNetwork(engine, network ?? '', { signal, log }));
  actions.set('volume-delete', async ({ signal }) => {
    await removeVolumes(engine, [label, `${k3dLabels.app}=k3d`], signal);
  });
  return { plan: deleteK3sPlan(kind, cluster, leftovers), actions };
}

/** k3d 5.9: `kubeconfig-<name>.yaml` in `$XDG_CONFIG_HOME` itself, else in `~/.config/k3d`; only a file that speaks of the cluster. */
async function removeStandalone({ environment, homeDirectory }: CoreOptions, cluster: Cluster): Promise<void> {
  const directory = environment.XDG_CONFIG_HOME || join(homeDirectory, '.config', 'k3d');
  const file = join(directory, `kubeconfig-${k3dName(cluster)}.yaml`);
  const text = await readFile(file, 'utf8').catch(() => '');
  if (text.includes(`name: ${cluster.context}`)) await rm(file);
}

async function disconnect(engine: Engine, network: string | undefined, container: string, signal: AbortSignal) {
  if (!network) return;
  const options = { Container: container, Force: true, abortSignal: signal };
  await unlessGone(() => engine.docker.getNetwork(network).disconnect(options));
}

/**
 * k3d 5.9: registries that are left in the network are taken out of it, and then it goes; other containers in it keep it. The engine
 * itself would remove it from under containers that do not run.
 */
async function removeNetwork(
  engine: Engine,
  network: string,
  { signal, log }: { signal: AbortSignal; log(line: string): void },
): Promise<void> {
  const filters = { network: [network] };
  const members = await explained(() => engine.docker.listContainers({ all: true, filters, abortSignal: signal }));
  const strangers = members.filter(({ Labels }) => !isRegistry(Labels));
  if (strangers.length > 0) {
    const names = strangers.map((stranger) => nameOf(stranger as ListedContainer)).join(', ');
    return log(`the network ${network} stays: ${names} still belong to it`);
  }
  await Promise.all(members.map(({ Id }) => disconnect(engine, network, Id, signal)));
  await unlessGone(() => engine.docker.getNetwork(network).remove({ abortSignal: signal }));
}

function isRegistry(labels: Readonly<Record<string, string>>): boolean {
  return labels[k3dLabels.app] === 'k3d' && labels[k3dLabels.role] === 'registry';
}
