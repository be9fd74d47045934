// The calls about running dev loops.
import type { Wiring } from './wiring';

export function loopsCalls({ api: { loops: api }, explained, lasting, parts }: Wiring) {
  return api.router({
    watch: api.watch.handler(async function* ({ signal }) {
      await parts.loops.ready();
      yield* explained(parts.loops.feed.watch(lasting(signal)));
    }),
    start: api.start.handler(({ input }) => parts.loops.start(input)),
    pause: api.pause.handler(({ input }) => parts.loops.pause(input.id)),
    resume: api.resume.handler(({ input }) => parts.loops.resume(input.id)),
    rebuild: api.rebuild.handler(({ input }) => parts.loops.rebuild(input.id, input.image)),
    dismiss: api.dismiss.handler(({ input }) => parts.loops.dismiss(input.id)),
    stop: api.stop.handler(({ input }) => parts.loops.stop(input.id, input)),
    lines: api.lines.handler(({ input, signal }) =>
      explained(parts.loops.lines(input.id, input.after, lasting(signal))),
    ),
  });
}
