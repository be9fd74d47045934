// The calls about the engine and the doctor.
import { checkAll, fix } from '../diagnostics/doctor';
import { muteCheck } from '../diagnostics/mute';
import type { Wiring } from './wiring';

export function diagnosticsCalls({ api: { diagnostics: api }, explained, lasting, parts }: Wiring) {
  const { connection, settings } = parts;

  return api.router({
    engine: api.engine.handler(({ signal }) => explained(connection.state.watch(lasting(signal)))),
    reconnect: api.reconnect.handler(() => connection.reconnect()),
    checks: api.checks.handler(async () => checkAll(await parts.surroundings(), settings.get().mutedChecks)),
    mute: api.mute.handler(({ input }) => muteCheck(settings, input)),
    fix: api.fix.handler(async ({ input }) => fix(await parts.surroundings(), input.id)),
  });
}
