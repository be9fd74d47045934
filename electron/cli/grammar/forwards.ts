// The grammar of port forwards.
import type { Command } from 'commander';
import type { ForwardOptions } from '../commands/forward';
import { type Choose, command, type Json } from './command';

export function addForwards(program: Command, choose: Choose): void {
  command(
    program,
    'forward <name> <target> [ports...]',
    'let a port of this computer lead to pods, across their restarts',
    [
      'boathouse forward shop svc/web 8080:80 --open',
      'boathouse forward shop deploy/api 9090 -n shop',
      'boathouse forward shop db-0',
    ],
  )
    .option('-n, --namespace <namespace>', 'where it is; without it, that of the context')
    .option('--open', 'open the first in the browser')
    .option('--exact', "take the name for a context's own, though a cluster is called so as well")
    .action((name: string, target: string, ports: string[], options: Json & ForwardOptions) =>
      choose(options.json, 'service', async (session) =>
        (await import('../commands/forward')).forward(session, name, target, ports, options),
      ),
    );
}
