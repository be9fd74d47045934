// The grammar of `boathouse disk`.
import type { Command } from 'commander';
import { type Choose, command, type Json, kindOf } from './command';

export function addDisk(program: Command, choose: Choose): void {
  const load = () => import('../commands/disk');
  const disk = program.command('disk').description("what takes the engine's disk, and cleaning up");
  command(disk, 'usage', 'show what clusters, registries, caches and images take').action((options: Json) =>
    choose(options.json, 'document', async (session) => (await load()).usage(session)),
  );
  command(disk, 'clean [what...]', 'take away what nobody uses, after showing it', [
    'boathouse disk clean --dry-run',
    'boathouse disk clean unused-node-images caches',
  ])
    .option('-y, --yes', 'do not ask')
    .option('--dry-run', 'print what would go and remove nothing')
    .action((what: string[], options: Json & { yes?: boolean; dryRun?: boolean }) =>
      choose(options.json, kindOf(options), async (session) => (await load()).clean(session, what, options)),
    );
}
