// Nodes of any cluster: whether they take pods, and moving theirs away.
import { drainNode } from '../clusters/change/drain';
import { parseKubernetesVersion } from '../clusters/providers/kubeadm/kubernetes-version';
import type { StepContext } from '../operations/operation';
import { patch, type Target } from './target';

export async function cordon(target: Target, unschedulable: boolean, signal: AbortSignal): Promise<void> {
  await patch(target, { spec: { unschedulable: unschedulable || null } }, signal);
}

/** Milliseconds for a node to take pods again after a drain that was cancelled. */
const undoLimit = 15_000;

/** Cancelled or failed, a node that took pods before takes them again. */
export async function drain(target: Target, force: boolean, step: StepContext): Promise<void> {
  const { kube, ref, object } = target;
  const { signal, log, progress, undo } = step;
  const { gitVersion } = await kube.get<{ gitVersion: string }>('/version', signal);
  const before = (object as { spec?: { unschedulable?: boolean } }).spec?.unschedulable ?? false;
  if (!before) {
    undo(`${ref.name} takes no pods`, async (within) => {
      const limit = AbortSignal.any([within, AbortSignal.timeout(undoLimit)]);
      await cordon(target, false, limit);
    });
  }
  await cordon(target, true, signal);
  log(`${ref.name} takes no more pods`);
  await drainNode({
    kube,
    version: parseKubernetesVersion(gitVersion),
    node: ref.name,
    force,
    signal,
    log,
    onWaiting: (what) => progress(undefined, what),
  });
}
