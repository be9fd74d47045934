// minikube's clusters among the engine's containers: pure, by its labels, its networks and, where there are, its profiles.
import { abilitiesOf, contextOf, type NodeRole } from '../../../../../shared/model/cluster';
import {
  createdAt,
  groupBy,
  type ListedContainer,
  nameOf,
  networkOf,
  nodeOf,
  nodesAndEntrance,
  present,
  publishedAt,
} from '../../listed';
import type { RecognisedCluster } from '../provider';
import { minikubeLabels } from './labels';
import type { Profile } from './profiles';

/** minikube 1.38: the API server's port inside a node, unless the profile says otherwise. */
const defaultApiPort = 8443;

/** The profiles that these containers could belong to: `dev-m02` is a machine of `dev`, or a profile of that name. */
export function possibleProfiles(containers: readonly ListedContainer[]): string[] {
  return containers.flatMap((container) => {
    const machine = machineOf(container) ?? '';
    return [machine, firstOf(machine)];
  });
}

/** `installed`: minikube's own program is there, for what the engine alone cannot do. */
export function recogniseMinikube(
  containers: readonly ListedContainer[],
  profiles: readonly Profile[],
  installed: boolean,
): RecognisedCluster[] {
  const machines = new Set(containers.map(machineOf));
  const profileOf = (container: ListedContainer): string | undefined => {
    const machine = machineOf(container);
    if (machine === undefined) return undefined;
    const known = profiles.find((profile) => profile.machines.has(machine));
    if (known) return known.name;
    const first = firstOf(machine);
    // Nodes of one cluster share a network that is named like the profile, and so like its first machine.
    return machines.has(first) || networkOf([container]) === first ? first : machine;
  };
  return [...groupBy(containers, profileOf)].map(([name, members]) =>
    clusterOf(
      name,
      members,
      profiles.find((profile) => profile.name === name),
      installed,
    ),
  );
}

function clusterOf(
  name: string,
  members: readonly ListedContainer[],
  profile: Profile | undefined,
  installed: boolean,
): RecognisedCluster {
  const origin = { provider: 'minikube', madeBy: 'minikube' } as const;
  const roleOf = (member: ListedContainer): NodeRole => {
    const machine = machineOf(member) ?? '';
    return (profile?.machines.get(machine) ?? machine === name) ? 'control-plane' : 'worker';
  };
  const primary = members.find((member) => machineOf(member) === name) ?? members[0];
  return {
    name,
    ...origin,
    abilities: abilitiesOf(origin, { minikube: installed }),
    ...nodesAndEntrance(members.map((member) => nodeOf(member, roleOf(member)))),
    context: contextOf(name, 'minikube'),
    createdAt: createdAt(members),
    ...present({
      kubernetesVersion: profile?.kubernetesVersion,
      // Host ports are the engine's choice at each start: a stopped cluster has none.
      apiServer: primary && publishedAt(primary, profile?.apiPort ?? defaultApiPort),
      network: networkOf(members),
    }),
  };
}

function machineOf(container: ListedContainer): string | undefined {
  return container.Labels[minikubeLabels.name] || nameOf(container) || undefined;
}

/** The first machine of the profile that a machine's name speaks of. */
function firstOf(machine: string): string {
  return machine.replace(/-m\d{2,}$/, '');
}
