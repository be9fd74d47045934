// k3s in rancher's images: clusters of ours and of k3d's own program.
import type { ClusterProvider } from '../provider';
import { nodesBeforeEdges } from '../stop-order';
import { readK3sKubeconfig } from './access';
import { prepareK3s } from './create';
import { deleteK3s } from './delete';
import { k3dLabels } from './labels';
import { k3sImages } from './node-image';
import { recogniseK3s } from './recognise';
import { startK3s } from './start';

export const k3sProvider: ClusterProvider = {
  id: 'k3s',
  images: k3sImages,
  labels: [`${k3dLabels.app}=k3d`, k3dLabels.cluster],
  create: prepareK3s,
  recognise: async (containers) => recogniseK3s(containers),
  access: readK3sKubeconfig,
  start: startK3s,
  stopOrder: nodesBeforeEdges,
  delete: deleteK3s,
};
