// The calls about dashboards.
import type { Wiring } from './wiring';

export function dashboardCalls({ api: { dashboard: api }, explained, lasting, parts: { dashboards } }: Wiring) {
  return api.router({
    watch: api.watch.handler(({ input, signal }) => explained(dashboards.watch(input.context, lasting(signal)))),
    look: api.look.handler(({ input, signal }) => dashboards.look(input.context, lasting(signal))),
    manifest: api.manifest.handler(({ input }) => dashboards.manifest(input)),
    setUp: api.setUp.handler(({ input, signal }) => dashboards.setUp(input.context, input, lasting(signal))),
    open: api.open.handler(({ input, signal }) => dashboards.open(input.context, input.rights, lasting(signal))),
    token: api.token.handler(({ input, signal }) => dashboards.token(input.context, input.rights, lasting(signal))),
    close: api.close.handler(async ({ input }) => ({ closed: await dashboards.close(input.context) })),
    remove: api.remove.handler(({ input, signal }) => dashboards.remove(input.context, lasting(signal))),
  });
}
