// The grammar of `boathouse mirrors`.
import type { Command } from 'commander';
import { type Choose, command, type Json, kindOf } from './command';

export function addMirrors(program: Command, choose: Choose): void {
  const load = () => import('../commands/change');
  const mirrors = program.command('mirrors').description('where the nodes of a cluster fetch images from');
  const dry = (added: Command) => added.option('--dry-run', 'print the plan and change nothing');
  command(mirrors, 'list <name>', 'show the mirrors of a cluster').action((name: string, options: Json) =>
    choose(options.json, 'document', async (session) => (await load()).listMirrors(session, name)),
  );
  dry(
    command(mirrors, 'set <name> <registry> <address...>', 'fetch images of a registry from other addresses first', [
      'boathouse mirrors set shop docker.io https://mirror.example.com',
    ]),
  ).action((name: string, registry: string, addresses: string[], options: Json & { dryRun?: boolean }) =>
    choose(options.json, kindOf(options), async (session) =>
      (await load()).setMirror(session, name, registry, addresses, options),
    ),
  );
  dry(command(mirrors, 'clear <name>', 'take all mirrors away')).action(
    (name: string, options: Json & { dryRun?: boolean }) =>
      choose(options.json, kindOf(options), async (session) => (await load()).clearMirrors(session, name, options)),
  );
  dry(command(mirrors, 'remove <name> <registry>', 'fetch images of a registry from itself again')).action(
    (name: string, registry: string, options: Json & { dryRun?: boolean }) =>
      choose(options.json, kindOf(options), async (session) =>
        (await load()).removeMirror(session, name, registry, options),
      ),
  );
}
