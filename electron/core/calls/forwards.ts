// The calls about port forwards.
import type { Wiring } from './wiring';

export function forwardsCalls({ api: { forwards: api }, explained, lasting, parts: { forwards } }: Wiring) {
  return api.router({
    watch: api.watch.handler(({ signal }) => explained(forwards.feed.watch(lasting(signal)))),
    open: api.open.handler(({ input, signal }) => forwards.open(input, lasting(signal))),
    close: api.close.handler(({ input }) => forwards.close(input.id)),
    keep: api.keep.handler(({ input }) => forwards.keep(input.id, input.keep)),
  });
}
