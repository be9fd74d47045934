// Dev loops in the stand-in: none run, and what is asked of them is noted.
import type { Client } from '../../shared/contract';
import type { Loop, LoopLine } from '../../shared/model/devloop/loop';
import type { Feed } from '../../shared/model/feed';
import { createTopic } from './stand-in-topic';

export function loopsStandIn(enter: (call: string, input?: unknown) => void): Client['loops'] {
  const topic = createTopic<Feed<Loop>>(() => ({ type: 'snapshot', revision: 0, items: [] }));
  return {
    watch: async (_input, call) => topic.open(call?.signal),
    start: async (input) => {
      enter('loops.start', input);
      return { id: 'loop-1' };
    },
    pause: async (input) => enter('loops.pause', input),
    resume: async (input) => enter('loops.resume', input),
    rebuild: async (input) => enter('loops.rebuild', input),
    stop: async (input) => enter('loops.stop', input),
    lines: async (_input, call) => createTopic<LoopLine[]>(() => []).open(call?.signal),
  };
}
