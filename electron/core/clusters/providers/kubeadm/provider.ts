// kubeadm in kind's node images: clusters of ours and of kind's own program.
import { readAdminConf } from '../../admin';
import { prepareKubeadm } from '../../create';
import { deleteKubeadm } from '../../delete';
import { startKubeadm } from '../../start';
import type { ClusterProvider } from '../provider';
import { nodesBeforeEdges } from '../stop-order';
import { kindLabels } from './labels';
import { kubeadmImages } from './node-image';
import { recogniseKubeadm } from './recognise';

export const kubeadmProvider: ClusterProvider = {
  id: 'kubeadm',
  images: kubeadmImages,
  labels: [kindLabels.cluster],
  recognise: async (containers) => recogniseKubeadm(containers),
  create: prepareKubeadm,
  access: readAdminConf,
  start: startKubeadm,
  stopOrder: nodesBeforeEdges,
  delete: async (context, engine, cluster, kind) => deleteKubeadm(context, engine, cluster, kind),
};
