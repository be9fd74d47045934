// The grammar of `boathouse templates`.
import { type Command, Option } from 'commander';
import type { ImportOptions, ShowOptions } from '../commands/templates';
import { type Choose, command, examples, gathered, type Json } from './command';

export function addTemplates(program: Command, choose: Choose): void {
  const load = () => import('../commands/templates');
  const templates = program
    .command('templates')
    .description('list, show, check, share and keep templates of clusters')
    .addHelpText(
      'after',
      examples(['boathouse templates', 'boathouse templates show workshop', 'boathouse templates validate lab.yaml']),
    );
  const set = () =>
    new Option('--set <name=value>', "value of one of the template's parameters")
      .argParser(gathered)
      .default(undefined);

  templates
    .command('list', { isDefault: true })
    .description('list what kinds of clusters can be made')
    .option('--json', 'print JSON, for programs')
    .action((options: Json) => choose(options.json, 'document', async (session) => (await load()).list(session)));
  command(templates, 'show <id>', 'show what a template makes, its parameters and its documentation', [
    'boathouse templates show workshop',
    'boathouse templates show single --yaml > mine.yaml',
  ])
    .option('--yaml', 'print its text and nothing else')
    .action((id: string, options: Json & ShowOptions) =>
      choose(options.json, 'document', async (session) => (await load()).show(session, id, options)),
    );
  command(templates, 'of <cluster>', 'print the template that a cluster was made of, or that was applied last', [
    'boathouse templates of shop > shop.yaml',
    'boathouse apply shop --file shop.yaml --dry-run',
  ]).action((cluster: string, options: Json) =>
    choose(options.json, 'document', async (session) => (await load()).ofCluster(session, cluster)),
  );
  command(templates, 'validate <file>', 'check a template; problems are printed as compilers do')
    .addOption(set())
    .action((file: string, options: Json & { set?: string[] }) =>
      choose(options.json, 'document', async (session) => (await load()).validate(session, file, options)),
    );
  command(templates, 'import <file|url>', 'keep a template, or a configuration of kind or k3d as a template', [
    'boathouse templates import kind.yaml --dry-run',
    'boathouse templates import https://example.com/workshop.yaml',
  ])
    .option('--dry-run', 'print the template and keep nothing')
    .option('--as <id>', 'keep it under another id')
    .option('-y, --yes', 'keep what comes from an address without asking')
    .action((source: string, options: Json & ImportOptions) =>
      choose(options.json, 'document', async (session) => (await load()).importTemplate(session, source, options)),
    );
  command(templates, 'export <id>', 'print a template as a configuration of kind or k3d', [
    'boathouse templates export three-node --as kind > kind.yaml',
  ])
    .addOption(
      new Option('--as <program>', 'the program that is to read it').choices(['kind', 'k3d']).makeOptionMandatory(),
    )
    .addOption(set())
    .action((id: string, options: Json & { as: 'kind' | 'k3d'; set?: string[] }) =>
      choose(options.json, 'document', async (session) => (await load()).exportTemplate(session, id, options)),
    );
  command(templates, 'duplicate <id> <new-id>', 'keep a copy under another id, to change it').action(
    (id: string, as: string, options: Json) =>
      choose(options.json, 'document', async (session) => (await load()).duplicate(session, id, as)),
  );
  command(templates, 'delete <id>', 'delete a template of yours')
    .option('-y, --yes', 'do not ask')
    .action((id: string, options: Json & { yes?: boolean }) =>
      choose(options.json, 'document', async (session) => (await load()).remove(session, id, options)),
    );
  command(templates, 'schema', 'print the JSON Schema of templates, for editors', [
    'boathouse templates schema > cluster-template.json',
    '# a template that begins with this line is completed by editors with the YAML language server:',
    '# yaml-language-server: $schema=./cluster-template.json',
  ]).action((options: Json) => choose(options.json, 'document', async (session) => (await load()).schema(session)));
}
