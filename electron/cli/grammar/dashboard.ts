// The grammar of `boathouse dashboard`.
import { type Command, Option } from 'commander';
import { dashboardKinds } from '../../../shared/model/dashboard';
import type { DashboardOptions } from '../commands/dashboard';
import { type Choose, type CommandKind, command, type Json } from './command';

type Given = Json & DashboardOptions & { token?: boolean; remove?: boolean };

export function addDashboard(program: Command, choose: Choose): void {
  command(program, 'dashboard <name>', "open a cluster's dashboard, signed in; sets one up where there is none", [
    'boathouse dashboard shop --open',
    'boathouse dashboard shop --read-only',
    'boathouse dashboard shop --remove',
  ])
    .option('--open', 'open it in the browser')
    .option('--read-only', 'sign in as somebody who sees everything but Secrets and changes nothing')
    .option('--token', 'print a short-lived token instead, and until when it is valid')
    .option('--remove', 'take away what was set up for it')
    .addOption(new Option('--kind <kind>', 'which one is set up where there is none').choices(dashboardKinds))
    .option('--image <reference>', 'the same dashboard from another registry')
    .option('--exact', "take the name for a context's own, though a cluster is called so as well")
    .option('-y, --yes', 'do not ask')
    .action((name: string, options: Given) =>
      choose(options.json, kindOf(options), async (session) => {
        const commands = await import('../commands/dashboard');
        if (options.remove) return commands.remove(session, name, options);
        if (options.token) return commands.token(session, name, options);
        return commands.open(session, name, options);
      }),
    );
}

function kindOf({ token, remove }: Given): CommandKind {
  if (remove) return 'operation';
  return token ? 'document' : 'service';
}
