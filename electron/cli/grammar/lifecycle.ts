// The grammar of what is done to a whole cluster: start, stop, pause, resume, delete, cleanup.
import type { Command } from 'commander';
import { AppError } from '../../../shared/model/errors';
import type { DeleteOptions } from '../commands/actions';
import { addObjectDeletion } from './actions';
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
  addObjectDeletion(
    command(program, 'delete <name>', 'delete a cluster and everything in it, or an object in it', [
      'boathouse delete shop --yes',
      'boathouse delete shop --object deployment/web -n web',
      'boathouse delete shop --object pod/web-1 --object pod/web-2',
    ]).option('-y, --yes', 'do not ask'),
  ).action((name: string, options: Json & DeleteOptions & { object?: string[] }) =>
    choose(options.json, options.dryRun ? 'document' : 'operation', async (session) =>
      options.object === undefined
        ? (await import('../commands/lifecycle')).remove(session, name, ofCluster(options))
        : (await import('../commands/actions')).deleteObjects(session, name, options.object, options),
    ),
  );
}

/** Who says how an object is to be deleted, and not which, does not mean the cluster. Throws `bad-input`. */
function ofCluster({ yes = false, json: _, ...others }: Json & DeleteOptions): { yes: boolean } {
  const [first] = Object.keys(others);
  if (first === undefined) return { yes };
  const option = first.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new AppError('bad-input', `--${option} is about an object in the cluster; nothing was deleted`, {
    hints: [{ text: 'Say which with --object KIND/NAME' }],
  });
}
