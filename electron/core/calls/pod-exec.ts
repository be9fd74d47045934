// The calls about commands in containers.
import { endInput } from '../podexec/run';
import type { Wiring } from './wiring';

export function podExecCalls({ api: { podExec: api }, explained, lasting, parts: { commands } }: Wiring) {
  return api.router({
    run: api.run.handler(({ input, signal }) => explained(commands.run(input, lasting(signal)))),
    write: api.write.handler(({ input }) => commands.find(input.id).write(Buffer.from(input.base64, 'base64'))),
    endInput: api.endInput.handler(({ input }) => endInput(commands.find(input.id))),
    resize: api.resize.handler(({ input }) => commands.find(input.id).resize(input.columns, input.rows)),
  });
}
