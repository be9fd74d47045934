// @vitest-environment jsdom
// Hints can only make calls that the contract has.
import { expect, it } from 'vitest';
import { createStandIn } from '../app/stand-in';
import { newcomer } from '../app/stand-in-worlds';
import { dispatch } from './dispatch';

it('makes the call that the hint names', async () => {
  const standIn = createStandIn(newcomer());
  await dispatch(standIn.boathouse.connection.client, { call: 'clusters.stop', input: { name: 'shop' } });
  expect(standIn.calls).toEqual([{ call: 'clusters.stop', input: { name: 'shop' } }]);
  standIn.dispose();
});

it.each(['clusters.explode', 'nothing.here', 'constructor.constructor', 'clusters', 'clusters.stop.now'])(
  'refuses %s',
  async (call) => {
    const standIn = createStandIn(newcomer());
    await expect(dispatch(standIn.boathouse.connection.client, { call, input: {} })).rejects.toThrow(call);
    standIn.dispose();
  },
);
