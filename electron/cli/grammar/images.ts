// The grammar of `boathouse images`.
import type { Command } from 'commander';
import { type Choose, command, type Json, kindOf } from './command';

export function addImages(program: Command, choose: Choose): void {
  const load = () => import('../commands/images');
  const images = program.command('images').description('bring images into nodes, see and remove them');
  const onNodes = (added: Command) => added.option('-n, --node <name...>', 'only these nodes');
  onNodes(
    command(images, 'load <name> [image...]', 'load images; only what a node lacks travels', [
      'boathouse images load shop web:dev',
      'boathouse images load shop web:dev api:dev --node worker --restart',
      'boathouse images load shop --archive ./image.tar.gz',
    ]),
  )
    .option('-a, --archive <path>', 'of an archive (docker save, OCI; plain, gzip or zstd) or an OCI layout folder')
    .option('--pull', 'pull the images to the engine first')
    .option('--restart', 'restart what runs an older image of the same name')
    .action((name: string, words: string[], options: Json & import('../commands/images').LoadOptions) =>
      choose(options.json, 'operation', async (session) => (await load()).loadImages(session, name, words, options)),
    );
  onNodes(
    command(images, 'pull <name> <image...>', 'let nodes pull images by themselves, through mirrors and caches', [
      'boathouse images pull shop postgres:17',
    ]),
  ).action((name: string, words: string[], options: Json & { node?: string[] }) =>
    choose(options.json, 'operation', async (session) => (await load()).pullImages(session, name, words, options)),
  );
  command(images, 'list [name]', 'list which node has which image; without a cluster, those of the engine').action(
    (name: string | undefined, options: Json) =>
      choose(options.json, 'document', async (session) => (await load()).listImages(session, name)),
  );
  onNodes(
    command(images, 'remove <name> <image...>', 'remove images from nodes', ['boathouse images remove shop web:old']),
  ).action((name: string, words: string[], options: Json & { node?: string[] }) =>
    choose(options.json, 'operation', async (session) => (await load()).removeImages(session, name, words, options)),
  );
  command(images, 'prune <name>', 'remove images that no pod uses', ['boathouse images prune shop --dry-run'])
    .option('-y, --yes', 'do not ask')
    .option('--dry-run', 'print what would go and remove nothing')
    .action((name: string, options: Json & { yes?: boolean; dryRun?: boolean }) =>
      choose(options.json, kindOf(options), async (session) => (await load()).pruneImages(session, name, options)),
    );
}
