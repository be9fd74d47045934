// Makes the call that a hint names, if the contract has it.

import type { Client } from '../../shared/contract';
import { contract } from '../../shared/contract';
import type { Hint } from '../../shared/model/errors';

type Action = NonNullable<Hint['action']>;
type Call = (input: unknown) => Promise<unknown>;

/** Calls `group.verb` of the contract with the action's input. Rejects with an error for a name that the contract lacks. */
export async function dispatch(client: Client, action: Action): Promise<unknown> {
  const [group = '', verb = '', ...rest] = action.call.split('.');
  const known = rest.length === 0 && Object.hasOwn(contract, group);
  const verbs: object = known ? contract[group as keyof typeof contract] : {};
  if (!Object.hasOwn(verbs, verb)) throw new Error(`The contract has no call ${action.call}`);
  const calls = client[group as keyof Client] as unknown as Record<string, Call | undefined>;
  return calls[verb]?.(action.input);
}
