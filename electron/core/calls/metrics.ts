// The calls about metrics.
import { connectAnywhere, findNodeContainers } from '../clusters/connect-anywhere';
import { watchMetrics } from '../metrics/watch';
import type { Wiring } from './wiring';

export function metricsCalls({ api: { metrics: api }, explained, lasting, parts: { clusters } }: Wiring) {
  return api.router({
    watch: api.watch.handler(({ input, signal }) =>
      explained(
        watchMetrics(
          (within) => connectAnywhere(clusters, input.context, within),
          (within) => findNodeContainers(clusters, input.context, within),
          lasting(signal),
        ),
      ),
    ),
  });
}
