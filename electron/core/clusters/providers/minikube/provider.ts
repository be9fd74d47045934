// minikube's machines in containers (its docker driver): never made by us, only looked after.
import type { CoreOptions } from '../../../options';
import type { ClusterProvider } from '../provider';
import { readMinikubeConf } from './access';
import { deleteMinikube } from './delete';
import { minikubeLabels } from './labels';
import { minikubeHome, readProfiles } from './profiles';
import { findMinikube } from './program';
import { possibleProfiles, recogniseMinikube } from './recognise';
import { startMinikube } from './start';

export function minikubeProvider(options: CoreOptions): ClusterProvider {
  return {
    id: 'minikube',
    labels: [`${minikubeLabels.createdBy}=true`, minikubeLabels.mode],
    async recognise(containers) {
      if (containers.length === 0) return [];
      const [profiles, program] = await Promise.all([
        readProfiles(minikubeHome(options), possibleProfiles(containers)),
        findMinikube(options),
      ]);
      return recogniseMinikube(containers, profiles, program !== undefined);
    },
    access: readMinikubeConf,
    start: startMinikube,
    // minikube 1.38: the last first.
    stopOrder: ({ nodes }) => [...nodes].reverse().map((node) => [node]),
    delete: deleteMinikube,
  };
}
