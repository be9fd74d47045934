// Syncs of a loop: into every running container of an image, through streams that stay open from one save to the next.
import type { V1Pod } from '@kubernetes/client-node';
import type { Kube } from '../../kube/connect';
import { openChannel, type SyncChannel, syncArchive } from './channel';
import type { SyncPlan } from './rules';

export interface SyncTarget {
  readonly key: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** The running containers of an image. Pure. */
export function targetsOf(pods: readonly V1Pod[], reference: string): SyncTarget[] {
  return pods.flatMap(({ metadata, spec, status }) =>
    (spec?.containers ?? [])
      .filter(({ image }) => image === reference)
      .filter(({ name }) => status?.containerStatuses?.some((one) => one.name === name && one.state?.running))
      .map(({ name: container }) => {
        const restarts = status?.containerStatuses?.find((one) => one.name === container)?.restartCount ?? 0;
        const [namespace, pod] = [metadata?.namespace ?? '', metadata?.name ?? ''];
        return { key: `${metadata?.uid}/${container}/${restarts}`, namespace, pod, container };
      }),
  );
}

export interface Syncer {
  /** Opens streams before they are needed; what cannot be opened is told when it is. */
  prepare(targets: readonly SyncTarget[]): void;
  /** Throws `not-possible` where an image has no shell, `exec-failed` when a container does not take it. */
  sync(
    targets: readonly SyncTarget[],
    plan: SyncPlan,
    from: { root: string; modeOf(path: string): number },
  ): Promise<void>;
  run(targets: readonly SyncTarget[], command: readonly string[]): Promise<void>;
  close(): void;
}

export function createSyncer(kube: Kube, signal: AbortSignal): Syncer {
  const channels = new Map<string, Promise<SyncChannel>>();
  const channelTo = async (target: SyncTarget): Promise<SyncChannel> => {
    const known = await channels.get(target.key)?.catch(() => undefined);
    if (known?.open) return known;
    const opening = openChannel(kube, target, signal);
    channels.set(target.key, opening);
    opening.catch(() => channels.delete(target.key));
    return opening;
  };
  const each = (targets: readonly SyncTarget[], work: (channel: SyncChannel) => Promise<void>) =>
    Promise.all(targets.map(async (target) => work(await channelTo(target)))).then(() => {});
  return {
    prepare(targets) {
      const wanted = new Set(targets.map(({ key }) => key));
      for (const [key, channel] of channels) {
        if (wanted.has(key)) continue;
        channels.delete(key);
        channel.then((one) => one.close()).catch(() => {});
      }
      for (const target of targets) if (!channels.has(target.key)) channelTo(target).catch(() => {});
    },
    async sync(targets, { copies, deletes }, { root, modeOf }) {
      const archive = copies.size > 0 ? await syncArchive(root, copies, modeOf) : undefined;
      await each(targets, async (channel) => {
        if (deletes.length > 0) await channel.remove(deletes);
        if (archive) await channel.copy(archive);
      });
    },
    run: (targets, command) => each(targets, (channel) => channel.run(command)),
    close() {
      for (const channel of channels.values()) channel.then((one) => one.close()).catch(() => {});
      channels.clear();
    },
  };
}
