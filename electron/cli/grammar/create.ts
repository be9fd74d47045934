// The grammar of `boathouse create` and `boathouse apply`: a cluster from a template, and made like one.
import { type Command, Option } from 'commander';
import { type Choose, command, gathered, type Json, kindOf } from './command';

export function addCreate(program: Command, choose: Choose): void {
  command(program, 'create <name>', 'make a cluster', [
    'boathouse create shop',
    'boathouse create shop --template three-node --no-switch',
    'boathouse create lab --template ./lab.yaml --dry-run',
    'boathouse create class --template workshop --set workers=3',
  ])
    .option(
      '-t, --template <id|file>',
      'what to make: the id of a template, or a YAML file (default: that of the settings, else single)',
    )
    .addOption(
      new Option(
        '--set <name=value>',
        "value of one of the template's parameters; can be given several times",
      ).argParser(gathered),
    )
    .option('--image <reference>', "node image, in place of the template's")
    .option('--sample-image <reference>', "image of the template's sample workload")
    .option('--keep-on-failure', 'leave the nodes for a look when it fails')
    .option('--switch', "make it kubectl's current context, whatever the settings say")
    .option('--no-switch', "leave kubectl's current context as it is")
    .option('--dry-run', 'print the plan and change nothing')
    .action((name: string, options: Json & import('../commands/create').CreateOptions) =>
      choose(options.json, options.dryRun ? 'document' : 'operation', async (session) =>
        (await import('../commands/create')).create(session, name, options),
      ),
    );
}

export function addApply(program: Command, choose: Choose): void {
  command(program, 'apply <name>', 'make a running cluster what a template says', [
    'boathouse apply shop -f shop.yaml --dry-run',
    'boathouse apply class --file ./class.yaml --set workers=5',
  ])
    .requiredOption('-f, --file <file|id>', 'the template: a YAML file, or the id of a known one')
    .addOption(
      new Option(
        '--set <name=value>',
        "value of one of the template's parameters; can be given several times",
      ).argParser(gathered),
    )
    .option('--dry-run', 'print what differs and change nothing')
    .action((name: string, options: Json & import('../commands/apply').ApplyOptions) =>
      choose(options.json, kindOf(options), async (session) =>
        (await import('../commands/apply')).apply(session, name, options),
      ),
    );
}
