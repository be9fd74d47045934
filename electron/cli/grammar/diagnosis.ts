// The grammar of finding out what is wrong: doctor.
import type { Command } from 'commander';
import { type Choose, command, type Json } from './command';

export function addDiagnosis(program: Command, choose: Choose): void {
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
