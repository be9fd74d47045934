// The pods of a cluster that runs, live, while the window can be seen.
import { useDocumentVisibility } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Cluster } from '../../../../shared/model/cluster';
import { applyFeed, emptyFeed, type Feed, type FeedState } from '../../../../shared/model/feed';
import { type Pod, podKey } from '../../../../shared/model/pod';
import { useTopic } from '../../../stores/use-topic';
import { type PlacedPods, placedPods } from './pods';

/** Undefined until something was heard, and while the cluster does not run. */
export function usePods(cluster: Cluster): PlacedPods | undefined {
  const visible = useDocumentVisibility() === 'visible';
  const runs = cluster.state === 'running' || cluster.state === 'degraded';
  const pods = useTopic<Feed<Pod>, FeedState<Pod>>(
    visible && runs ? cluster.name : undefined,
    (client, name, signal) => client.clusters.pods({ name }, { signal }),
    (before = emptyFeed<Pod>(), message) => applyFeed(before, message, podKey),
  );
  return useMemo(() => pods && placedPods(pods.items.values()), [pods]);
}
