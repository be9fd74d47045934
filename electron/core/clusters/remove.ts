// Taking clusters' things away from the engine: containers with their volumes, and networks, found by label.
import type { Engine } from '../engine/engine';
import { explained, statusOf } from '../engine/failures';
import { freeNetwork } from '../registry/networks';
import { kindLabels, ownLabels } from './providers/kubeadm/labels';
import { unpause } from './unpause';

type Label = `${string}=${string}`;

/** Everything of one create: its containers, networks and volumes. What is not there any more is fine. */
export async function removeCreation(engine: Engine, creation: string, signal: AbortSignal): Promise<void> {
  const label: Label = `${ownLabels.operation}=${creation}`;
  await removeContainers(engine, await containersWith(engine, label, signal), signal);
  await Promise.all([removeNetworks(engine, label, signal), removeVolumes(engine, [label], signal)]);
}

export function clusterLabel(name: string): Label {
  return `${kindLabels.cluster}=${name}`;
}

export async function containersWith(engine: Engine, label: Label, signal: AbortSignal): Promise<string[]> {
  const filters = { label: [label] };
  const containers = await explained(() => engine.docker.listContainers({ all: true, filters, abortSignal: signal }));
  return containers.map((container) => container.Id);
}

/** Kills and removes containers with their anonymous volumes, all at once. */
export async function removeContainers(engine: Engine, ids: readonly string[], signal: AbortSignal): Promise<void> {
  await Promise.all(ids.map((id) => removeContainer(engine, id, signal)));
}

/** Kills a container, frozen or not. One that does not run, or is not there any more, is fine. */
export async function killContainer(engine: Engine, id: string, signal: AbortSignal): Promise<void> {
  await unpause(engine, id, signal);
  try {
    await engine.docker.getContainer(id).kill({ abortSignal: signal });
  } catch (error) {
    // 409 "is not running"; 404: it is gone.
    if (statusOf(error) === 404 || /not running/i.test(String(error))) return;
    await explained(() => Promise.reject(error));
  }
}

export async function removeContainer(engine: Engine, id: string, signal: AbortSignal): Promise<void> {
  const container = engine.docker.getContainer(id);
  // Some engines never kill what is frozen (minikube#7657).
  await unpause(engine, id, signal);
  await unlessGone(() => container.remove({ force: true, v: true, abortSignal: signal }));
}

export async function removeNetworks(engine: Engine, label: Label, signal: AbortSignal): Promise<string[]> {
  const networks = await explained(() =>
    engine.docker.listNetworks({ filters: { label: [label] }, abortSignal: signal }),
  );
  await Promise.all(
    networks.map(async ({ Id }) => {
      await freeNetwork(engine, Id, signal);
      await unlessGone(() => engine.docker.getNetwork(Id).remove({ abortSignal: signal }));
    }),
  );
  return networks.map(({ Name }) => Name);
}

/** Volumes with all of these labels. Returns their names. */
export async function removeVolumes(engine: Engine, labels: readonly string[], signal: AbortSignal): Promise<string[]> {
  const filters = { label: [...labels] };
  const { Volumes } = await explained(() => engine.docker.listVolumes({ filters, abortSignal: signal }));
  const names = (Volumes ?? []).map(({ Name }) => Name);
  await Promise.all(
    names.map((name) => unlessGone(() => engine.docker.getVolume(name).remove({ abortSignal: signal }))),
  );
  return names;
}

/** 404: it is gone; 409 "removal ... is already in progress": somebody else takes it away right now. */
export async function unlessGone(remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    const status = statusOf(error);
    if (status === 404 || (status === 409 && String(error).includes('already in progress'))) return;
    await explained(() => Promise.reject(error));
  }
}
