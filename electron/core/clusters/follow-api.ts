// Following something of a cluster's API for as long as the cluster runs: connected anew whenever it did not answer.
import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster } from '../../../shared/model/cluster';
import type { Kube } from '../kube/connect';
import { connectAsAdmin } from './admin';
import type { ClusterDependencies } from './dependencies';
import { providerOf } from './find';

/** Milliseconds before an API that did not answer is asked again: one that is just starting soon, one that is broken seldom. */
const retries = [500, 1_000, 2_000, 5_000];

export interface ApiFollower {
  /** Resolves with the cluster when its API can be asked; without one the following ends. */
  askable(signal: AbortSignal): Promise<Cluster | undefined>;
  /** Follows until the connection breaks; `heard` whenever the API has answered. */
  follow(kube: Kube, heard: () => void): Promise<void>;
  /** The API does not answer, or not any more. */
  silent(): void;
}

export async function followApi(dependencies: ClusterDependencies, follower: ApiFollower, signal: AbortSignal) {
  let failures = 0;
  while (!signal.aborted) {
    const cluster = await follower.askable(signal);
    if (!cluster) return;
    try {
      const { access } = providerOf(dependencies, cluster);
      const kube = await connectAsAdmin(await dependencies.engine(signal), cluster, signal, access);
      await follower.follow(kube, () => {
        failures = 0;
      });
    } catch {
      follower.silent();
    }
    await pause(retries[Math.min(failures, retries.length - 1)], undefined, { signal }).catch(() => {});
    failures += 1;
  }
}
