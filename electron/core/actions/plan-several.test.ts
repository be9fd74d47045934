// What is lost with several objects, told once.
import { expect, it } from 'vitest';
import type { Told } from './plan';
import { together } from './plan-several';

const plan = (part: Partial<Told>): Told => ({
  losses: [],
  moves: [],
  keeps: [],
  data: [],
  owners: [],
  usedBy: [],
  finalizers: [],
  ...part,
});

it('adds up what is lost, each thing once, and counts those without names', () => {
  const web = { kind: 'deployments.apps', names: ['web'], count: 1 };
  const api = { kind: 'deployments.apps', names: ['api'], count: 1 };
  const told = together([
    plan({ losses: [web, { kind: 'pods', names: ['web-1', 'web-2'], count: 24 }] }),
    plan({ losses: [api, { kind: 'pods', names: ['api-1'], count: 1 }] }),
    plan({ losses: [{ kind: 'pods', names: ['api-1'], count: 1 }] }),
  ]);
  expect(told.losses).toEqual([
    { kind: 'deployments.apps', names: ['web', 'api'], count: 2 },
    { kind: 'pods', names: ['web-1', 'web-2', 'api-1'], count: 25 },
  ]);
});

it('what goes with one neither stays for another nor misses it', () => {
  const claim = { kind: 'persistentvolumeclaims', names: ['data-db-0'], count: 1 };
  const pods = { kind: 'pods', names: ['db-0'], count: 1 };
  const told = together([
    plan({ losses: [pods], keeps: [claim] }),
    plan({ losses: [claim], usedBy: [{ kind: 'pods', names: ['db-0', 'backup'], count: 2 }] }),
  ]);
  expect(told.keeps).toEqual([]);
  expect(told.usedBy).toEqual([{ kind: 'pods', names: ['backup'], count: 1 }]);
});

it('names whoever makes them anew once', () => {
  const owners = [{ kind: 'ReplicaSet', name: 'web' }];
  expect(together([plan({ owners }), plan({ owners })]).owners).toEqual(owners);
});
