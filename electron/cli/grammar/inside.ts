// The grammar of looking inside a cluster: get.
import type { Command } from 'commander';
import type { GetOptions } from '../commands/get';
import { type Choose, command, gathered, type Json } from './command';

export function addInside(program: Command, choose: Choose): void {
  command(program, 'get <name> <kind>', 'list what is in the cluster of a cluster or context, of any kind', [
    'boathouse get shop pods',
    'boathouse get shop deployments -n web -l tier=front',
  ])
    .option('-n, --namespace <namespace>', 'only of this one; can be given several times', gathered)
    .option('-l, --selector <labels>', 'only what has these labels, in the syntax of Kubernetes')
    .option('--wide', 'all columns')
    .option('--exact', "take the name for a context's own, though a cluster is called so as well")
    .action((name: string, kind: string, options: Json & GetOptions) =>
      choose(options.json, 'document', async (session) =>
        (await import('../commands/get')).get(session, name, kind, options),
      ),
    );
}
