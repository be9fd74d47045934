// The grammar of what has to do with the user's kubeconfig: kubeconfig, use, shell.
import { type Command, Option } from 'commander';
import { importChoices } from '../../../shared/model/kubeconfig';
import type { ChangeOptions, importFiles } from '../commands/kubeconfig/change';
import type { ShellOptions } from '../commands/kubeconfig/shell';
import type { UseOptions } from '../commands/kubeconfig/use';
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
  addChanging(kubeconfig, choose);
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

function addChanging(kubeconfig: Command, choose: Choose): void {
  const load = () => import('../commands/kubeconfig/change');
  const dry = (added: Command) => added.option('--dry-run', 'print what would change and change nothing');
  dry(command(kubeconfig, 'rename <context> <name>', 'give a context another name')).action(
    (context: string, name: string, options: Json & ChangeOptions) =>
      choose(options.json, 'document', async (session) => (await load()).rename(session, context, name, options)),
  );
  dry(command(kubeconfig, 'remove <context...>', 'remove contexts, with what no other context needs'))
    .option('-y, --yes', 'do not ask')
    .action((contexts: string[], options: Json & ChangeOptions) =>
      choose(options.json, 'document', async (session) => (await load()).remove(session, contexts, options)),
    );
  dry(
    command(kubeconfig, 'import <file...>', 'merge other kubeconfig files into yours; - is what is pasted', [
      'boathouse kubeconfig import staging.yaml --dry-run',
      'boathouse kubeconfig import staging.yaml --on-conflict replace',
    ]).alias('merge'),
  )
    .addOption(
      new Option('--on-conflict <choice>', 'what becomes of contexts whose names are taken')
        .choices(importChoices)
        .default('rename'),
    )
    .option('-y, --yes', 'do not ask')
    .action((files: string[], options: Json & Parameters<typeof importFiles>[2]) =>
      choose(options.json, 'document', async (session) => (await load()).importFiles(session, files, options)),
    );
  command(kubeconfig, 'history [id]', 'what was changed; with an id, what one change did').action(
    (id: string | undefined, options: Json) =>
      choose(options.json, 'document', async (session) => (await load()).history(session, id)),
  );
  dry(command(kubeconfig, 'undo [id]', 'take a change back, the newest when none is named')).action(
    (id: string | undefined, options: Json & ChangeOptions) =>
      choose(options.json, 'document', async (session) => (await load()).undo(session, id, options)),
  );
}

function addUse(program: Command, choose: Choose): void {
  const exact = (added: Command) =>
    added.option('--exact', "take the name for a context's own, though a cluster is called so as well");
  exact(
    command(program, 'use <name>', "make a cluster or context kubectl's current one", [
      'boathouse use shop -n web',
    ]).option('-n, --namespace <namespace>', 'and this namespace its default one'),
  ).action((name: string, options: Json & UseOptions) =>
    choose(options.json, 'document', async (session) =>
      (await import('../commands/kubeconfig/use')).use(session, name, options),
    ),
  );
  exact(
    program
      .command('shell <name>')
      .description('open a shell whose kubectl knows one cluster and no other')
      .option('-c, --command <command>', 'run this in it instead'),
  ).action((name: string, options: ShellOptions) =>
    choose(false, 'service', async (session) =>
      (await import('../commands/kubeconfig/shell')).shell(session, name, options),
    ),
  );
}
