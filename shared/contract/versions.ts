// Versions: which Kubernetes versions clusters can be made with, by pull or by an image that is here already.
import { z } from 'zod';
import { nodeVersionSchema } from '../model/version';
import { call } from './base';

export const versions = {
  /** Newest first, each provider's together; of one version the catalogue's image comes first. Throws `engine-unreachable`. */
  list: call
    .input(z.object({ provider: z.enum(['kubeadm', 'k3s']).optional() }).optional())
    .output(z.array(nodeVersionSchema)),
};
