// The grammar of what is done to a whole cluster: start, stop, pause, resume, delete, cleanup.
import type { Command } from 'commander';
import { type Choose, command, type Json } from './command';

export function addLifecycle(program: Command, choose: Choose): void {
  for (const [verb, description] of [
    ['start', 'start a stopped cluster'],
    ['stop', 'stop a cluster; its data is kept'],
    ['resume', 'let a paused cluster go on'],
    ['cleanup', 'remove what an interrupted create left behind'],
  ] as const) {
    command(program, `${verb} <name>`, description).action((name: string, options: Json) =>
      choose(options.json, 'operation', async (session) =>
        (await import('../commands/lifecycle'))[verb](session, name),
      ),
    );
  }
  command(program, 'pause <name>', 'freeze a cluster; its memory is kept', ['boathouse pause shop --wake'])
    .option('--wake', 'resume it at the first request, as long as the app runs')
    .action((name: string, options: Json & { wake?: boolean }) =>
      choose(options.json, 'operation', async (session) =>
        (await import('../commands/lifecycle')).pause(session, name, options),
      ),
    );
  command(program, 'delete <name>', 'delete a cluster and everything in it', ['boathouse delete shop --yes'])
    .option('-y, --yes', 'do not ask')
    .action((name: string, options: Json & { yes?: boolean }) =>
      choose(options.json, 'operation', async (session) =>
        (await import('../commands/lifecycle')).remove(session, name, options),
      ),
    );
}
