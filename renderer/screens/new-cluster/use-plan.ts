// The plan of a request for a new cluster.
import type { Client } from '../../../shared/contract';
import type { CreateRequest } from '../../../shared/model/cluster';
import { type Asked, useAsked } from '../../parts/use-asked';

type PlanAnswer = Awaited<ReturnType<Client['clusters']['plan']>>;
export type AskedPlan = Asked<PlanAnswer>;

/** The plan of `request`, or the last one while there is no request to ask about. */
export function usePlan(request: CreateRequest | undefined): AskedPlan {
  return useAsked(request, (client, input, signal) => client.clusters.plan(input, { signal }));
}
