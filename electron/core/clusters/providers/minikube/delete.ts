// Deleting a minikube cluster as its own program does: containers, volumes, network, kubeconfig entries and its files.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from '../../../../../shared/model/cluster';
import type { OperationKind, Plan, PlannedStep } from '../../../../../shared/model/operation';
import type { Engine } from '../../../engine/engine';
import { explained } from '../../../engine/failures';
import { removeFromKubeconfig } from '../../../kubeconfig/remove';
import type { Job, StepAction } from '../../../operations/operation';
import { type ListedContainer, nameOf } from '../../listed';
import { removeContainer, removeVolumes, unlessGone } from '../../remove';
import type { VerbContext } from '../provider';
import { minikubeLabels } from './labels';
import { minikubeHome, readProfiles } from './profiles';

function deletePlan(kind: OperationKind, cluster: Cluster): Plan {
  const { name, context, nodes } = cluster;
  const before = ['kubeconfig-remove'];
  const gone = [...before, ...nodes.map((node) => `node-delete:${node.name}`)];
  const volumes = nodes.map((node) => node.name).join(' ');
  const engineStep = (step: 'volume-delete' | 'network-delete', title: string, command: string): PlannedStep => ({
    id: step,
    kind: step,
    title,
    lane: 'engine',
    weight: 0.5,
    after: gone,
    command,
  });
  return {
    kind,
    subject: name,
    steps: [
      {
        id: 'kubeconfig-remove',
        kind: 'kubeconfig-remove',
        title: `Removing the context ${context}`,
        lane: 'cluster',
        weight: 0.1,
        after: [],
      },
      ...nodes.map(
        (node): PlannedStep => ({
          id: `node-delete:${node.name}`,
          kind: 'node-delete',
          title: `Deleting ${node.name}`,
          lane: node.name,
          weight: 1,
          after: before,
          command: `docker rm -f -v ${node.name}`,
        }),
      ),
      engineStep('volume-delete', 'Deleting the volumes', `docker volume rm ${volumes}`),
      engineStep('network-delete', 'Deleting the network', `docker network rm ${cluster.network ?? context}`),
      {
        id: 'profile-delete',
        kind: 'profile-delete',
        title: `Removing minikube's files of ${context}`,
        lane: 'cluster',
        weight: 0.1,
        after: gone,
        command: `minikube delete --profile ${context}`,
      },
    ],
  };
}

export async function deleteMinikube(
  context: VerbContext,
  engine: Engine,
  cluster: Cluster,
  kind: OperationKind,
): Promise<Job> {
  const actions = new Map<string, StepAction>();
  const owned = `${minikubeLabels.createdBy}=true`;
  actions.set('kubeconfig-remove', async ({ signal, log }) => {
    const { files } = await removeFromKubeconfig(context.kubeconfig, cluster, signal);
    for (const file of files) log(`changed ${file}`);
  });
  for (const { name, containerId } of cluster.nodes) {
    actions.set(`node-delete:${name}`, ({ signal }) => removeContainer(engine, containerId, signal));
  }
  actions.set('volume-delete', async ({ signal }) => {
    for (const { name } of cluster.nodes) {
      await removeVolumes(engine, [owned, `${minikubeLabels.name}=${name}`], signal);
    }
  });
  actions.set('network-delete', ({ signal, log }) =>
    removeNetwork(engine, [owned, `${minikubeLabels.name}=${cluster.network}`], { signal, log }),
  );
  actions.set('profile-delete', () => removeFiles(minikubeHome(context.options), cluster));
  return { plan: deletePlan(kind, cluster), actions };
}

/** A network that minikube made, unless somebody else's container belongs to it; one that it found there stays. */
async function removeNetwork(
  engine: Engine,
  labels: string[],
  { signal, log }: { signal: AbortSignal; log(line: string): void },
): Promise<void> {
  const networks = await explained(() =>
    engine.docker.listNetworks({ filters: { label: labels }, abortSignal: signal }),
  );
  for (const { Id, Name } of networks) {
    const filters = { network: [Id] };
    const members = await explained(() => engine.docker.listContainers({ all: true, filters, abortSignal: signal }));
    if (members.length > 0) {
      log(`the network ${Name} stays: ${members.map((one) => nameOf(one as ListedContainer)).join(', ')} belong to it`);
      continue;
    }
    await unlessGone(() => engine.docker.getNetwork(Id).remove({ abortSignal: signal }));
  }
}

/** minikube 1.38: with these left, its next start would look for the machines that are gone. Another driver's files stay. */
async function removeFiles(home: string, cluster: Cluster): Promise<void> {
  const [profile] = await readProfiles(home, [cluster.context]);
  if (!profile) return;
  for (const machine of profile.machines.keys()) {
    await rm(join(home, 'machines', machine), { recursive: true, force: true });
  }
  await rm(join(home, 'profiles', profile.name), { recursive: true, force: true });
}
