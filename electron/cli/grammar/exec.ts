// The grammar of running commands in containers and on nodes.
import type { Command } from 'commander';
import type { ExecOptions } from '../commands/exec';
import { type Choose, command, type Json } from './command';

export function addExec(program: Command, choose: Choose): void {
  command(program, 'exec <name> <target> [command...]', 'run a command in a container or on a node, or a shell', [
    'boathouse exec shop deploy/web',
    'boathouse exec shop db-0 -c postgres -- pg_dump shop > shop.sql',
    'boathouse exec shop web-1 --debug busybox',
    'boathouse exec shop node/shop-worker',
  ])
    .option('-n, --namespace <namespace>', 'where it is; without it, that of the context')
    .option('-c, --container <container>', "in this one; without it, the pod's default or first")
    .option('-i, --stdin', 'give it what comes in here; a terminal does so always')
    .option(
      '--debug [image]',
      'in a container that joins the pod, for those without a shell (busybox); of a node elsewhere: in a pod on it',
    )
    .option('--exact', "take the name for a context's own, though a cluster is called so as well")
    .action((name: string, target: string, words: string[], options: Json & ExecOptions) =>
      choose(options.json, 'service', async (session) =>
        (await import('../commands/exec')).exec(session, name, target, words, options),
      ),
    );
}

/** Beside the cluster's nodes that are added and removed: the same by its usual name. */
export function addNodeShell(nodes: Command, choose: Choose): void {
  command(nodes, 'shell <name> <node> [command...]', 'open a shell on a node, or run a command there', [
    'boathouse nodes shell shop shop-worker',
    'boathouse nodes shell shop shop-worker -- journalctl -u kubelet -n 50',
  ])
    .option('-i, --stdin', 'give it what comes in here; a terminal does so always')
    .option('--debug [image]', "of a node that is not on this computer's engine: in a privileged pod on it (busybox)")
    .option('--exact', "take the name for a context's own, though a cluster is called so as well")
    .action((name: string, node: string, words: string[], options: Json & ExecOptions) =>
      choose(options.json, 'service', async (session) =>
        (await import('../commands/exec')).exec(session, name, `node/${node}`, words, options),
      ),
    );
}
