// The grammar of finding out what is wrong: logs, doctor.
import type { Command } from 'commander';
import { type Choose, command, type Json } from './command';

export function addDiagnosis(program: Command, choose: Choose): void {
  command(
    program.command('logs').description("gather a cluster's logs"),
    'export <name>',
    'write everything that helps to understand a cluster into one archive, secrets removed',
    ['boathouse logs export shop --output shop.tar.gz'],
  )
    .option('-o, --output <file>', 'the archive, in place of NAME-logs.tar.gz here')
    .action((name: string, options: Json & { output?: string }) =>
      choose(options.json, 'document', async (session) =>
        (await import('../commands/logs')).exportLogs(session, name, options),
      ),
    );
  command(program, 'doctor', 'check engine, computer, clusters and kubeconfig', ['boathouse doctor --fix'])
    .option('--fix', 'do what can be done about it')
    .option('--mute <id...>', 'do not tell of a finding any more')
    .option('--unmute <id...>', 'tell of it again')
    .action((options: Json & import('../commands/doctor').DoctorOptions) =>
      choose(options.json, 'document', async (session) =>
        (await import('../commands/doctor')).doctor(session, options),
      ),
    );
}
