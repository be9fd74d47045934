// Files between this computer and containers of any context.
import { z } from 'zod';
import { fileCopySchema, filesGivenSchema } from '../model/pod-files';
import { call } from './base';

export const podFiles = {
  /**
   * Begins to copy a file or a folder, through `tar` in the container. What would climb out of where it goes ends it; links that lead out
   * are left out and told. Throws `bad-input` for a path of this computer that is not there, `name-taken` where something is in the way,
   * `not-found` (context, target, container), `not-ready`, `kubernetes-refused`; the operation fails with `not-possible` where the
   * container has no tar, `not-found` for a path that it has not.
   */
  copy: call.input(fileCopySchema).output(z.object({ operationId: z.string() })),
  /**
   * Files that a window offers (`images.offer`) into a container; one alone becomes `there` where that is no folder. Fails as `copy` does,
   * and with `not-found` where the window withdraws one.
   */
  give: call.input(filesGivenSchema).output(z.object({ operationId: z.string() })),
};
