// What deleting several objects together would take: the plan of each, with what they have in common told once.
import type { Deletion, SomeObjects } from '../../../shared/model/actions';
import { AppError } from '../../../shared/model/errors';
import { grouped } from '../../../shared/model/grouped';
import type { Kube } from '../kube/connect';
import { inTurns } from './in-turns';
import { deletePlan, type Told } from './plan';
import { findTarget } from './target';

/** Throws `bad-input`, `kubernetes-refused`. */
export async function planDeletion(kube: Kube, { objects, orphans }: Deletion, signal: AbortSignal): Promise<Told> {
  // They share namespaces, whose lists are asked for once.
  const asked = remembering(kube);
  const plans: Told[] = [];
  await inTurns(objects, async (ref) => {
    try {
      plans.push(await deletePlan(await findTarget(asked, ref, 'delete', signal), orphans, signal));
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'not-found')) throw error;
    }
  });
  return together(plans);
}

/** Answers of GETs are asked for once. */
function remembering(kube: Kube): Kube {
  const known = new Map<string, Promise<unknown>>();
  const once = <Body>(key: string, ask: () => Promise<Body>) => {
    const found = (known.get(key) as Promise<Body> | undefined) ?? ask();
    known.set(key, found);
    return found;
  };
  return {
    ...kube,
    get: (path, signal) => once(path, () => kube.get(path, signal)),
    call: (call, signal) =>
      call.method === 'GET'
        ? once(`${call.path} ${call.accept}`, () => kube.call(call, signal))
        : kube.call(call, signal),
  };
}

/** What goes with one of them does not stay for another, and does not miss it. Pure. */
export function together(plans: readonly Told[]): Told {
  const all = <Key extends keyof Told>(key: Key) => plans.flatMap((plan) => plan[key] as never[]) as Told[Key];
  const losses = merged(all('losses'));
  const lost = new Set(losses.flatMap(({ kind, names }) => names.map((name) => `${kind}/${name}`)));
  const others = (some: readonly SomeObjects[]) => merged(some.flatMap((one) => without(one, lost)));
  const owners = new Map(all('owners').map((owner) => [`${owner.kind}/${owner.name}`, owner]));
  return {
    losses,
    moves: [],
    keeps: others(all('keeps')),
    data: [...new Set(all('data'))],
    owners: [...owners.values()],
    usedBy: others(all('usedBy')),
    finalizers: [...new Set(all('finalizers'))],
  };
}

/** One entry a kind. Of those that are counted without their names nobody knows whether they are the same: they add up. */
function merged(all: readonly SomeObjects[]): SomeObjects[] {
  const kinds = grouped(all, ({ kind }) => kind);
  return [...kinds].map(([kind, some]) => {
    const names = [...new Set(some.flatMap((one) => one.names))];
    const nameless = some.reduce((sum, one) => sum + one.count - one.names.length, 0);
    return { kind, names, count: names.length + nameless };
  });
}

function without({ kind, names, count }: SomeObjects, lost: ReadonlySet<string>): SomeObjects[] {
  const left = names.filter((name) => !lost.has(`${kind}/${name}`));
  const now = count - (names.length - left.length);
  return now > 0 ? [{ kind, names: left, count: now }] : [];
}
