// The caches in a create: in the new cluster's network, known to its nodes from their first start.
import { AppError } from '../../../../shared/model/errors';
import { withCaches } from '../../caches/hosts';
import { listCaches } from '../../caches/read';
import type { StepAction } from '../../operations/operation';
import { joinNetwork } from '../../registry/networks';
import { type Building, found } from './building';

export function cachesActions(building: Building): ReadonlyMap<string, StepAction> {
  const { engine } = building;
  return new Map<string, StepAction>([
    [
      'caches-connect',
      async ({ signal, log }) => {
        const network = found(building.network, 'the network').name;
        const caches = await listCaches(engine, signal);
        for (const { containerId, upstream } of caches) {
          try {
            await joinNetwork(engine, network, containerId, signal);
            log(`${upstream} is fetched through its cache`);
          } catch (error) {
            // One that was deleted a moment ago: nodes pass over it.
            if (!(error instanceof AppError && error.code === 'not-found')) throw error;
          }
        }
        building.hosts = withCaches(building.hosts ?? new Map(), caches);
      },
    ],
  ]);
}
