// Who knows how clusters of a provider are changed.
import type { Cluster } from '../../../../shared/model/cluster';
import { k3sWays } from '../providers/k3s/change/ways';
import { addingNodes } from './add-nodes';
import { refuseUnhealthy, takeOutNode } from './leave';
import { enterCluster } from './live-cluster';
import { settingMirrors } from './mirrors';
import type { ChangeWays } from './part';
import { removingNode } from './remove-node';
import { replacingNode } from './replace-node';

const kubeadmWays: ChangeWays = {
  enter: enterCluster,
  naming: ({ name }) => ({ cluster: name }),
  movesEndpoint: true,
  add: addingNodes,
  remove: removingNode,
  replace: replacingNode,
  mirrors: settingMirrors,
  refuseToLose: refuseUnhealthy,
  takeOut: takeOutNode,
};

export function waysOf({ provider }: Pick<Cluster, 'provider'>): ChangeWays {
  return provider === 'k3s' ? k3sWays : kubeadmWays;
}
