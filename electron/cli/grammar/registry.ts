// The grammar of `boathouse registry`.
import type { Command } from 'commander';
import { type Choose, command, type Json } from './command';

export function addRegistry(program: Command, choose: Choose): void {
  type Named = Json & import('../commands/registry').Named;
  const load = () => import('../commands/registry');
  const registry = program.command('registry').description('the local registry that clusters share');
  const named = (added: Command) => added.option('--registry <name>', 'another registry, by its container');
  command(registry, 'create', 'make the registry', [
    'boathouse registry create',
    'boathouse registry create --port 5555',
  ])
    .option('--port <port>', 'port of this computer; 5001, or one that is free', Number)
    .option('--image <reference>', 'image of the registry')
    .action((options: Json & { port?: number; image?: string }) =>
      choose(options.json, 'operation', async (session) => (await load()).create(session, options)),
    );
  for (const [verb, name, description] of [
    ['start', 'start', 'start it'],
    ['stop', 'stop', 'stop it; its images are kept'],
    ['collect', 'gc', 'free what no tag needs'],
  ] as const) {
    named(command(registry, name, description)).action((options: Named) =>
      choose(options.json, 'operation', async (session) => (await load())[verb](session, options)),
    );
  }
  named(command(registry, 'delete', 'delete it with all its images'))
    .option('-y, --yes', 'do not ask')
    .action((options: Named & { yes?: boolean }) =>
      choose(options.json, 'operation', async (session) => (await load()).remove(session, options)),
    );
  for (const [verb, description] of [
    ['connect', "let a running cluster's nodes fetch its images"],
    ['disconnect', 'take that back'],
  ] as const) {
    named(command(registry, `${verb} <cluster>`, description)).action((cluster: string, options: Named) =>
      choose(options.json, 'operation', async (session) => (await load())[verb](session, cluster, options)),
    );
  }
  command(registry, 'status', "show the engine's local registries").action((options: Json) =>
    choose(options.json, 'document', async (session) => (await load()).status(session)),
  );
  named(
    command(registry, 'list [repository]', 'list repositories, or the tags of one', ['boathouse registry list web']),
  ).action((repository: string | undefined, options: Named) =>
    choose(options.json, 'document', async (session) => (await load()).list(session, repository, options)),
  );
  named(
    command(registry, 'rm <reference>', 'take a tag away', ['boathouse registry rm localhost:5001/web:dev']),
  ).action((reference: string, options: Named) =>
    choose(options.json, 'document', async (session) => (await load()).removeTag(session, reference, options)),
  );
}
