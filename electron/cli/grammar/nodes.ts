// The grammar of `boathouse nodes`.
import { type Command, Option } from 'commander';
import { addNodeActions } from './actions';
import { type Choose, command, type Json, kindOf } from './command';
import { addNodeShell } from './exec';

export function addNodes(program: Command, choose: Choose): void {
  const load = () => import('../commands/change');
  const nodes = program
    .command('nodes')
    .description('add, drain and remove nodes, set limits, labels and taints, open a shell');
  const dry = (added: Command) => added.option('--dry-run', 'print the plan and change nothing');
  const limits = (added: Command) =>
    added.option('--cpus <number>', 'CPUs a node may use', Number).option('--memory <amount>', 'memory, such as 2Gi');
  dry(
    limits(
      command(nodes, 'add <name>', 'add nodes', [
        'boathouse nodes add shop --count 2',
        'boathouse nodes add shop --role control-plane --count 2',
      ]),
    ),
  )
    .addOption(new Option('--role <role>', 'what they do').choices(['worker', 'control-plane']).default('worker'))
    .option('--count <number>', 'how many', Number, 1)
    .option('--pool <name>', 'their pool: what the template says of it comes along')
    .option('--label <key=value...>', 'labels of the new nodes')
    .option('--taint <key=value:effect...>', 'taints of the new nodes')
    .action((name: string, options: Json & import('../commands/change').AddOptions) =>
      choose(options.json, kindOf(options), async (session) => (await load()).addNodes(session, name, options)),
    );
  dry(
    command(nodes, 'remove <name> <node>', 'drain a node and delete it', ['boathouse nodes remove shop shop-worker2']),
  )
    .option('--force', 'past disruption budgets and pods that nothing brings back')
    .action((name: string, node: string, options: Json & import('../commands/change').DryRun & { force?: boolean }) =>
      choose(options.json, kindOf(options), async (session) => (await load()).removeNode(session, name, node, options)),
    );
  dry(command(nodes, 'replace <name> <node>', 'drain a worker and make it anew, as the template has it'))
    .option('--force', 'past disruption budgets and pods that nothing brings back')
    .action((name: string, node: string, options: Json & import('../commands/change').DryRun & { force?: boolean }) =>
      choose(options.json, kindOf(options), async (session) =>
        (await load()).replaceNode(session, name, node, options),
      ),
    );
  dry(limits(command(nodes, 'limit <name> <node>', 'set what a node may use'))).action(
    (name: string, node: string, options: Json & { dryRun?: boolean; cpus?: number; memory?: string }) =>
      choose(options.json, kindOf(options), async (session) => (await load()).limitNode(session, name, node, options)),
  );
  for (const [verb, usage, description] of [
    ['labelNode', 'label <name> <node> <key=value...>', 'label a node; key- takes a label away'],
    ['taintNode', 'taint <name> <node> [key=value:effect...]', "set a node's taints; none takes them away"],
  ] as const) {
    dry(command(nodes, usage, description)).action(
      (name: string, node: string, words: string[], options: Json & { dryRun?: boolean }) =>
        choose(options.json, kindOf(options), async (session) =>
          (await load())[verb](session, name, node, words, options),
        ),
    );
  }
  addNodeActions(nodes, choose);
  addNodeShell(nodes, choose);
}
