// The grammar of the dev loop: dev.
import type { Command } from 'commander';
import type { CheckOptions } from '../commands/dev/check';
import { type Choose, command, gathered, type Json } from './command';

export function addDev(program: Command, choose: Choose): void {
  command(program, 'dev [dir]', 'say what a folder is developed as, and what of its skaffold.yaml is not supported', [
    'boathouse dev --check',
    'boathouse dev shop --check -p fast',
    'boathouse dev shop --check --save',
  ])
    .requiredOption('--check', 'only read and plan; 2 where the file cannot be used')
    .option('-p, --profile <name>', 'use this profile; with a dash before it, keep it out; several times', gathered)
    .option('--context <name>', 'activate profiles as for this context; the current one without')
    .option('--save', 'write what is proposed for a folder without a skaffold.yaml as its skaffold.yaml')
    .action((dir: string | undefined, options: Json & CheckOptions) =>
      choose(options.json, 'document', async (session) =>
        (await import('../commands/dev/check')).check(session, dir ?? '.', options),
      ),
    );
}
