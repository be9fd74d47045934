// Kubeconfig: which cluster kubectl talks to.
import { z } from 'zod';
import { call } from './base';

export const kubeconfig = {
  /** Makes a cluster's context the current one. Throws `not-found`, `kubeconfig-locked`, `kubeconfig-unwritable`. */
  use: call.input(z.object({ name: z.string() })).output(z.object({ context: z.string(), file: z.string() })),
};
