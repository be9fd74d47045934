// The local registry in a create: made when there is none, in the new cluster's network, known to its nodes from their first start.
import type { StepAction } from '../../operations/operation';
import { announce } from '../../registry/announce';
import { withRegistry } from '../../registry/connect';
import { ensureRegistry } from '../../registry/create';
import { joinNetwork } from '../../registry/networks';
import { type Building, found } from './building';

export function registryActions(building: Building): ReadonlyMap<string, StepAction> {
  const { engine, request } = building;
  let registry: { name: string; address: string; inNetwork: string } | undefined;
  return new Map<string, StepAction>([
    [
      'registry-create',
      async (context) => {
        registry = await ensureRegistry(engine, request, context);
        building.hosts = withRegistry(building.hosts ?? new Map(), registry);
      },
    ],
    [
      'registry-connect',
      async ({ signal }) => {
        await joinNetwork(
          engine,
          found(building.network, 'the network').name,
          found(registry, 'the registry').name,
          signal,
        );
      },
    ],
    [
      'registry-announce',
      async ({ signal }) => {
        await announce(found(building.kube, 'the API'), found(registry, 'the registry'), signal);
      },
    ],
  ]);
}
