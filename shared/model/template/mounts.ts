// Mounts: folders and files of the user's computer that nodes see.
import { z } from 'zod';
import { absolutePath } from './values';

export const mountSchema = z.strictObject({
  hostPath: z
    .string()
    .min(1)
    .describe(
      "Path on this computer: absolute, relative to the template's file, or with ~ or ${HOME} for the home folder.",
    ),
  containerPath: absolutePath.describe('Absolute path in the node.'),
  readOnly: z.boolean().default(false).describe('Keeps the nodes from writing to it.'),
  propagation: z
    .enum(['None', 'HostToContainer', 'Bidirectional'])
    .default('None')
    .describe('Whether mounts made later below it are seen on the other side.'),
  selinuxRelabel: z.boolean().default(false).describe('Lets SELinux label it anew, for this cluster alone.'),
});

/** A mount for several pools. */
export const sharedMountSchema = mountSchema.extend({
  nodes: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Names of the pools or nodes that see it; all of them when it is left out.'),
});
