// The grammar of `boathouse caches`.
import type { Command } from 'commander';
import { type Choose, command, type Json } from './command';

export function addCaches(program: Command, choose: Choose): void {
  type Choices = Json & import('../commands/caches').Choices;
  const load = () => import('../commands/caches');
  const caches = program
    .command('caches')
    .description('keep what clusters fetch from registries elsewhere, on this computer');
  command(caches, 'list', 'list them, with what each takes', ['boathouse caches list']).action((options: Json) =>
    choose(options.json, 'document', async (session) => (await load()).list(session)),
  );
  const chosen = (added: Command) =>
    added
      .option('--budget <size>', 'how much it may keep, such as 30GB; what was used least recently goes first')
      .option('--url <address>', "where it fetches from, when that is not the registry's name")
      .option('--anonymous', 'do not sign in with what docker login keeps');
  chosen(
    command(caches, 'create <upstream>', 'cache a registry for all clusters', [
      'boathouse caches create docker.io',
      'boathouse caches create ghcr.io --budget 50GB',
    ]),
  )
    .option('--image <reference>', 'image of the cache')
    .action((upstream: string, options: Choices & { image?: string }) =>
      choose(options.json, 'operation', async (session) => (await load()).create(session, upstream, options)),
    );
  chosen(command(caches, 'change <upstream>', 'give it other choices; what it keeps stays'))
    .option('--sign-in', 'sign in with what docker login keeps')
    .action((upstream: string, options: Choices & { signIn?: boolean }) =>
      choose(options.json, 'operation', async (session) => (await load()).change(session, upstream, options)),
    );
  for (const [verb, description] of [
    ['start', 'start it, with credentials as they are now'],
    ['stop', 'stop it; what it keeps stays'],
  ] as const) {
    command(caches, `${verb} <upstream>`, description).action((upstream: string, options: Json) =>
      choose(options.json, 'operation', async (session) => (await load())[verb](session, upstream)),
    );
  }
  command(caches, 'delete <upstream>', 'delete it with all that it keeps')
    .option('-y, --yes', 'do not ask')
    .action((upstream: string, options: Json & { yes?: boolean }) =>
      choose(options.json, 'operation', async (session) => (await load()).remove(session, upstream, options)),
    );
  command(caches, 'prune <upstream>', 'let what was used least recently go', [
    'boathouse caches prune docker.io --keep 5GB',
  ])
    .requiredOption('--keep <size>', 'how much may stay')
    .action((upstream: string, options: Json & { keep: string }) =>
      choose(options.json, 'document', async (session) => (await load()).prune(session, upstream, options)),
    );
  for (const [verb, description] of [
    ['connect', "let a running cluster's nodes ask it first; clusters made here do by themselves"],
    ['disconnect', 'take that back'],
  ] as const) {
    command(caches, `${verb} <upstream> <cluster>`, description).action(
      (upstream: string, cluster: string, options: Json) =>
        choose(options.json, 'operation', async (session) => (await load())[verb](session, upstream, cluster)),
    );
  }
}
