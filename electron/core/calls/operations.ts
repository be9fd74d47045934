// The calls about operations.
import { readKeptLogs } from '../logs/keep';
import type { Wiring } from './wiring';

export function operationsCalls({
  api: { operations: api },
  explained,
  lasting,
  parts: { connection, operations, options },
}: Wiring) {
  return api.router({
    watch: api.watch.handler(({ signal }) => operations.feed.watch(lasting(signal))),
    cancel: api.cancel.handler(({ input }) => operations.cancel(input.id)),
    log: api.log.handler(({ input, signal }) => explained(operations.log(input.id, input.after, lasting(signal)))),
    nodeLogs: api.nodeLogs.handler(({ input }) => readKeptLogs(options.directories.state, input.id)),
    history: api.history.handler(async ({ input, signal }) => {
      // Without an engine everything of that name is told.
      const engine = await connection.engine(signal).catch(() => undefined);
      return operations.history(input.subject, engine?.endpoint.host);
    }),
    dismiss: api.dismiss.handler(({ input }) => operations.dismiss(input.id)),
  });
}
