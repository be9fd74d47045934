// Kubeconfig: which contexts there are, whether they answer, and which cluster kubectl talks to.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { fileDiffSchema } from '../model/diff';
import {
  kubeconfigChangeSchema,
  kubeconfigHistoryEntrySchema,
  kubeconfigPlanSchema,
  kubeconfigViewSchema,
  probeSchema,
} from '../model/kubeconfig';
import { sentenceSchema } from '../model/sentence';
import { call } from './base';

const one = z.object({ context: z.string().min(1).max(1000) });

export const kubeconfig = {
  /** All contexts of all files; what is wrong with a file or a context is part of the answer. */
  list: call.output(kubeconfigViewSchema),
  /** The same, live: whatever program changes a file. */
  watch: call.output(eventIterator(kubeconfigViewSchema)),
  /** Asks a context's cluster whether it answers and who one is there. Throws `not-found` for an unknown context. */
  probe: call.input(one).output(probeSchema),
  /**
   * A context as a file of its own, certificates and keys in it. Throws `not-found`, `kubeconfig-invalid` (a file that it needs
   * cannot be read).
   */
  export: call.input(one).output(z.object({ yaml: z.string() })),
  /**
   * What a change would do to which file, without doing it. Throws `not-found`, `name-taken`, `not-possible` (an undo over a
   * newer change), `kubeconfig-invalid`.
   */
  plan: call.input(kubeconfigChangeSchema).output(kubeconfigPlanSchema),
  /** Makes a change; its id in the history takes it back. Throws as `plan`, and `kubeconfig-locked`, `kubeconfig-unwritable`. */
  change: call
    .input(kubeconfigChangeSchema)
    .output(z.object({ id: z.string(), said: sentenceSchema, files: z.array(z.string()) })),
  /** The changes that were made, the newest first. */
  history: call.output(z.array(kubeconfigHistoryEntrySchema)),
  /** What one of them did, without secrets. Throws `not-found`. */
  historyDiff: call.input(z.object({ id: z.string().max(200) })).output(z.array(fileDiffSchema)),
  /** Makes a cluster's context the current one. Throws `not-found`, `kubeconfig-locked`, `kubeconfig-unwritable`. */
  use: call.input(z.object({ name: z.string() })).output(z.object({ context: z.string(), file: z.string() })),
};
