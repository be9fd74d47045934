// The loop's decisions: every sequence of saves, pauses, crashes and lost clusters ends with the last state of the files worked on.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstPlan, type LoopAction, type LoopEvent, type LoopPlan, reduceLoop } from './reducer';

/** Runs events; what came out, in order. */
function run(events: readonly LoopEvent[], from: LoopPlan = firstPlan): { plan: LoopPlan; actions: LoopAction[] } {
  const actions: LoopAction[] = [];
  let plan = from;
  for (const event of events) {
    const [next, more] = reduceLoop(plan, event);
    plan = next;
    actions.push(...more);
  }
  return { plan, actions };
}
const looked = (fingerprint: string): LoopEvent => ({ type: 'looked', fingerprint });

it('builds what differs, and nothing for a save that changes nothing', () => {
  const first = run([{ type: 'forced', cause: 'start' }, looked('a'), { type: 'round-ended' }]);
  expect(first.actions).toEqual([{ type: 'look' }, { type: 'begin', fingerprint: 'a', cause: 'start' }]);
  expect(run([{ type: 'touched' }, looked('a')], first.plan).actions).toEqual([{ type: 'look' }, { type: 'nothing' }]);
});

it('starts over when a later save differs, once the round has stopped', () => {
  const { actions } = run([
    { type: 'touched' },
    looked('a'),
    { type: 'touched' },
    looked('b'),
    { type: 'touched' },
    looked('c'),
    { type: 'round-ended' },
  ]);
  expect(actions.map((action) => ('fingerprint' in action ? `begin ${action.fingerprint}` : action.type))).toEqual([
    'look',
    'begin a',
    'look',
    'stop-round',
    'look',
    'begin c',
  ]);
});

it('goes on with the round when a later save is the same', () => {
  expect(run([{ type: 'touched' }, looked('a'), { type: 'touched' }, looked('a')]).actions.at(-1)).toEqual({
    type: 'look',
  });
});

it('does what it was doing again after a pause', () => {
  const { actions } = run([
    { type: 'touched' },
    looked('a'),
    { type: 'paused' },
    { type: 'round-ended' },
    { type: 'touched' },
    { type: 'resumed' },
    looked('a'),
  ]);
  expect(actions.slice(2)).toEqual([
    { type: 'stop-round' },
    { type: 'look' },
    { type: 'begin', fingerprint: 'a', cause: 'resume' },
  ]);
});

const wish = fc.constantFrom<'edit' | 'no-op' | 'look' | 'round' | LoopEvent>(
  'edit',
  'edit',
  'no-op',
  'look',
  'look',
  'round',
  'round',
  { type: 'paused' },
  { type: 'resumed' },
  { type: 'cluster-lost' },
  { type: 'cluster-back' },
  { type: 'forced', cause: 'asked' },
  { type: 'forced', cause: 'crash' },
);

it('ends every random history with the last state of the files, never two rounds at a time', () => {
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 60 }), fc.boolean(), (wishes, stops) => {
      let files = 0;
      let plan = firstPlan;
      let looking: number | undefined;
      let round: { works: string; stopping: boolean } | undefined;
      let achieved: string | undefined;
      let left = 0;
      const send = (event: LoopEvent) => {
        const [next, actions] = reduceLoop(plan, event);
        plan = next;
        for (const action of actions) {
          if (action.type === 'look') {
            expect(looking).toBeUndefined();
            looking = files;
          } else if (action.type === 'begin') {
            expect(round).toBeUndefined();
            expect(plan.phase).toBe('running');
            round = { works: action.fingerprint, stopping: false };
          } else if (action.type === 'stop-round') {
            expect(round?.stopping).toBe(false);
            if (round) round.stopping = true;
          } else if (action.type === 'leave') {
            expect([round, looking]).toEqual([undefined, undefined]);
            left += 1;
          }
        }
      };
      const endLook = () => {
        const seen = looking;
        looking = undefined;
        if (seen !== undefined) send(looked(String(seen)));
      };
      const endRound = () => {
        if (!round) return;
        if (!round.stopping) achieved = round.works;
        round = undefined;
        send({ type: 'round-ended' });
      };
      send({ type: 'forced', cause: 'start' });
      for (const one of wishes) {
        if (one === 'edit') {
          files += 1;
          send({ type: 'touched' });
        } else if (one === 'no-op') send({ type: 'touched' });
        else if (one === 'look') endLook();
        else if (one === 'round') endRound();
        else send(one);
      }
      send(stops ? { type: 'stopped' } : { type: 'resumed' });
      if (!stops) send({ type: 'cluster-back' });
      for (let turn = 0; turn < 20 && (looking !== undefined || round); turn += 1) {
        endLook();
        endRound();
      }
      expect([looking, round]).toEqual([undefined, undefined]);
      if (stops) expect([plan.phase, left]).toEqual(['ended', 1]);
      else expect(achieved).toBe(String(files));
    }),
    { numRuns: 500 },
  );
});
