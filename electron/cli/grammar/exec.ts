// The grammar of running commands in containers.
import type { Command } from 'commander';
import type { ExecOptions } from '../commands/exec';
import { type Choose, command, type Json } from './command';

export function addExec(program: Command, choose: Choose): void {
  command(program, 'exec <name> <target> [command...]', 'run a command in a container, or a shell', [
    'boathouse exec shop deploy/web',
    'boathouse exec shop db-0 -c postgres -- pg_dump shop > shop.sql',
    'boathouse exec shop web-1 --debug busybox',
  ])
    .option('-n, --namespace <namespace>', 'where it is; without it, that of the context')
    .option('-c, --container <container>', "in this one; without it, the pod's default or first")
    .option('-i, --stdin', 'give it what comes in here; a terminal does so always')
    .option('--debug [image]', 'in a container that joins the pod, for those without a shell (busybox)')
    .option('--exact', "take the name for a context's own, though a cluster is called so as well")
    .action((name: string, target: string, words: string[], options: Json & ExecOptions) =>
      choose(options.json, 'service', async (session) =>
        (await import('../commands/exec')).exec(session, name, target, words, options),
      ),
    );
}
