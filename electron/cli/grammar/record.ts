// The grammar of the flight recorder.
import type { Command } from 'commander';
import type { RecordOptions } from '../commands/record';
import { type Choose, command, type Json } from './command';

export function addRecord(program: Command, choose: Choose): void {
  command(program, 'record <name>', 'keep events and what deleted pods said last, until Ctrl-C', [
    'boathouse record shop -o friday.tar.gz',
  ])
    .option('-o, --output <file>', 'the archive; without it, NAME-recording.tar.gz')
    .option('--exact', "take the name for a context's own, though a cluster is called so as well")
    .action((name: string, options: Json & RecordOptions) =>
      choose(options.json, 'document', async (session) =>
        (await import('../commands/record')).record(session, name, options),
      ),
    );
}
