// Refuses what cannot be done with a cluster, before anything is touched, and says why and what can be done instead.
import type { Ability, Cluster, Hindrance } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';

const doing: Readonly<Record<Ability, string>> = {
  nodes: 'asked for its nodes',
  kubeconfig: 'asked for a kubeconfig',
  images: 'given images',
  start: 'started',
  stop: 'stopped',
  pause: 'paused',
  change: 'given other nodes or ports',
  delete: 'deleted',
};

/** Throws `program-missing` or `not-possible` when the cluster's abilities do not have `ability`. */
export function refuseUnable(cluster: Pick<Cluster, 'name' | 'madeBy' | 'abilities'>, ability: Ability): void {
  const answer = cluster.abilities[ability];
  if (answer !== 'yes') throw refusal(cluster, ability, answer);
}

function refusal({ name, madeBy }: Pick<Cluster, 'name' | 'madeBy'>, ability: Ability, why: Hindrance): AppError {
  const params = { name, maker: madeBy, ability, why };
  switch (why) {
    case 'needs-minikube':
      return new AppError(
        'program-missing',
        `${name} can only be ${doing[ability]} by minikube, which is not installed`,
        {
          params: { ...params, program: 'minikube' },
          hints: [{ text: 'Install minikube, then try again.', url: 'https://minikube.sigs.k8s.io/docs/start/' }],
        },
      );
    case 'made-elsewhere':
      return new AppError('not-possible', `${name} was made by ${madeBy} and cannot be ${doing[ability]} here`, {
        params,
        hints: [{ text: `Use ${madeBy} itself, or make a cluster with: boathouse create NAME` }],
      });
  }
}
