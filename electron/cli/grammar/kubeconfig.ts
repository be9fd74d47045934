// The grammar of what has to do with the user's kubeconfig: kubeconfig, use.
import type { Command } from 'commander';
import { type Choose, command, examples, type Json } from './command';

export function addKubeconfig(program: Command, choose: Choose): void {
  addUse(program, choose);
  const load = () => import('../commands/kubeconfig/look');
  const kubeconfig = program
    .command('kubeconfig')
    .description("look after the contexts of kubectl, and print a cluster's kubeconfig")
    .addHelpText('after', examples(['boathouse kubeconfig shop > shop.yaml', 'boathouse kubeconfig contexts']));
  kubeconfig
    .command('show <name>', { isDefault: true })
    .description("print a cluster's kubeconfig that stands alone")
    .option('--json', 'print JSON, for programs')
    .action((name: string, options: Json) =>
      choose(options.json, 'document', async (session) => (await load()).kubeconfig(session, name)),
    );
  command(kubeconfig, 'contexts', 'list all contexts of all kubeconfig files').action((options: Json) =>
    choose(options.json, 'document', async (session) => (await load()).contexts(session)),
  );
  command(kubeconfig, 'check [context...]', 'ask whether clusters answer, and who one is there; all without a name', [
    'boathouse kubeconfig check kind-shop',
  ]).action((names: string[], options: Json) =>
    choose(options.json, 'document', async (session) => (await load()).check(session, names)),
  );
  command(kubeconfig, 'export <context>', 'print a context as a file of its own, certificates and keys in it', [
    'boathouse kubeconfig export kind-shop --output shop.yaml',
  ])
    .option('-o, --output <file>', 'write it to a new file that only you can read')
    .action((name: string, options: Json & { output?: string }) =>
      choose(options.json, 'document', async (session) => (await load()).exportContext(session, name, options)),
    );
}

function addUse(program: Command, choose: Choose): void {
  command(program, 'use <name>', "make a cluster kubectl's current context").action((name: string, options: Json) =>
    choose(options.json, 'document', async (session) =>
      (await import('../commands/kubeconfig/use')).use(session, name),
    ),
  );
}
