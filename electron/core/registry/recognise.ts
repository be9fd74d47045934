// Which of the engine's containers are local registries, ours and others', by labels and names.
import { nodeStateSchema } from '../../../shared/model/cluster';
import type { LocalRegistry } from '../../../shared/model/registry';
import { type ListedContainer, nameOf } from '../clusters/listed';
import { registryLabels, registryPort } from './labels';

/** Before it is asked which clusters use it. */
export type RecognisedRegistry = Omit<LocalRegistry, 'clusters'> & {
  /** Names of the networks that it is in. */
  networks: string[];
};

/** All local registries, ours first. */
export function recogniseRegistries(containers: readonly ListedContainer[]): RecognisedRegistry[] {
  const found = containers.flatMap((container) => {
    const madeBy = makerOf(container);
    return madeBy ? [registryOf(container, madeBy)] : [];
  });
  return found.sort(
    (a, b) => Number(b.madeBy === 'boathouse') - Number(a.madeBy === 'boathouse') || a.name.localeCompare(b.name),
  );
}

/**
 * k3d 5.9: role `registry` (also its pull-through ones); ctlptl 0.8: a label of its own; kind 0.33's documentation: the name
 * `kind-registry`.
 */
function makerOf(container: ListedContainer): LocalRegistry['madeBy'] | undefined {
  const { Labels } = container;
  if (Labels[registryLabels.role] === 'registry') return 'boathouse';
  if (Labels['k3d.role'] === 'registry') return 'k3d';
  if (Labels['dev.tilt.ctlptl.role'] === 'registry') return 'ctlptl';
  return nameOf(container) === 'kind-registry' ? 'kind' : undefined;
}

function registryOf(container: ListedContainer, madeBy: LocalRegistry['madeBy']): RecognisedRegistry {
  const name = nameOf(container);
  const published = container.Ports.find(({ PublicPort }) => PublicPort !== undefined);
  const { Labels } = container;
  const port = published?.PublicPort ?? Labels[registryLabels.port] ?? Labels['k3s.registry.port.external'];
  return {
    name,
    containerId: container.Id,
    madeBy,
    state: nodeStateSchema.catch('dead').parse(container.State),
    image: container.Image,
    ...(port !== undefined && { address: `localhost:${port}` }),
    inNetwork: `${name}:${published?.PrivatePort ?? registryPort}`,
    networks: Object.keys(container.NetworkSettings?.Networks ?? {}),
  };
}
