// The grammar of copying files into and out of containers.
import type { Command } from 'commander';
import type { CopyOptions } from '../commands/cp';
import { type Choose, command, type Json } from './command';

export function addCopy(program: Command, choose: Choose): void {
  command(program, 'cp <name> <from> <to>', 'copy files into or out of a container, which needs tar', [
    'boathouse cp shop ./site deploy/web:/srv',
    'boathouse cp shop db-0:/var/lib/dump.sql . -n data -c postgres',
  ])
    .option('-n, --namespace <namespace>', 'where it is; without it, that of the context')
    .option('-c, --container <container>', "in this one; without it, the pod's default or first")
    .option('--force', 'out of it: write over what is there already')
    .option('--exact', "take the name for a context's own, though a cluster is called so as well")
    .action((name: string, from: string, to: string, options: Json & CopyOptions) =>
      choose(options.json, 'operation', async (session) =>
        (await import('../commands/cp')).copyFiles(session, name, from, to, options),
      ),
    );
}
