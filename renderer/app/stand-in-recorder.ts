// What a flight recorder kept, for the stand-in: a pod that was deleted, one that nobody heard.
import type { Client } from '../../shared/contract';
import type { Feed } from '../../shared/model/feed';
import type { RecordedPod } from '../../shared/model/recorder';
import { createTopic } from './stand-in-topic';

const at = Date.parse('2026-03-14T09:26:53Z');
const pods: RecordedPod[] = [
  {
    key: 'shop/checkout-5d8f-x2x9l#1',
    namespace: 'shop',
    name: 'checkout-5d8f-x2x9l',
    at,
    state: 'kept',
    containers: [{ name: 'web', lines: 2 }],
  },
  { key: 'shop/job-7k2mp#2', namespace: 'shop', name: 'job-7k2mp', at, state: 'missed', containers: [] },
];

export function recorderStandIn(enter: (call: string, input?: unknown) => void): Client['recorder'] {
  return {
    watch: async (_input, call) =>
      createTopic<Feed<RecordedPod>>(() => ({ type: 'snapshot', revision: 1, items: pods })).open(call?.signal),
    pod: async (input) => {
      enter('recorder.pod', input);
      const pod = pods.find(({ key }) => key === input.key) ?? (pods[0] as RecordedPod);
      const lines = [
        { at: '2026-03-14T09:26:51.1Z', text: 'draining connections' },
        { at: '2026-03-14T09:26:52.4Z', text: 'bye' },
      ];
      const event = { namespace: 'shop', object: `pod/${pod.name}`, at };
      return {
        pod,
        logs: pod.state === 'kept' ? { web: lines } : {},
        events: [{ ...event, type: 'Normal', reason: 'Killing', message: 'Stopping container web' }],
      };
    },
    export: async (input) => {
      enter('recorder.export', input);
      const topic = createTopic(() => ({ base64: btoa('an archive') }));
      const pieces = topic.open(undefined);
      topic.end();
      return pieces;
    },
  };
}
