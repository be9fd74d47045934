// The calls about the flight recorder.

import { inBase64, type Wiring } from './wiring';

export function recorderCalls({ api: { recorder: api }, explained, lasting, parts }: Wiring) {
  return api.router({
    watch: api.watch.handler(({ input, signal }) => {
      parts.recorder.look(input.context);
      return explained(parts.recorder.watch(input.context, lasting(signal)));
    }),
    pod: api.pod.handler(({ input }) => parts.recorder.pod(input.context, input.key)),
    export: api.export.handler(({ input }) => explained(inBase64(parts.recorder.export(input.context)))),
  });
}
