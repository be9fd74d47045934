// The calls about logs of pods.
import { connectAnywhere } from '../clusters/connect-anywhere';
import { readPodLogs } from '../podlogs/read';
import type { Wiring } from './wiring';

export function podLogsCalls({ api: { podLogs: api }, explained, lasting, parts: { clusters } }: Wiring) {
  return api.router({
    read: api.read.handler(({ input, signal }) =>
      explained(readPodLogs((within) => connectAnywhere(clusters, input.context, within), input, lasting(signal))),
    ),
  });
}
