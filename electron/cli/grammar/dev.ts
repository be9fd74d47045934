// The grammar of the dev loop: dev.
import type { Command } from 'commander';
import type { CheckOptions } from '../commands/dev/check';
import type { DevOptions } from '../commands/dev/dev';
import { type Choose, command, gathered, type Json } from './command';

export function addDev(program: Command, choose: Choose): void {
  command(program, 'dev [dir]', 'build and run what lies in a folder, and again with every save', [
    'boathouse dev',
    'boathouse dev shop --context kind-shop -p fast',
    'boathouse dev shop --check',
    'boathouse dev my-page --sample static-page',
  ])
    .option('--context <name>', 'in the cluster of this context; the current one without')
    .option('-p, --profile <name>', 'use this profile; with a dash before it, keep it out; several times', gathered)
    .option('-n, --namespace <name>', 'where what names no namespace is deployed')
    .option('--no-sync', 'build every change, and copy no files into running containers')
    .option('--once', 'end after the first round, and leave what it deployed')
    .option('--keep', 'leave what was deployed at the end')
    .option('--allow-context', 'let it run in this context, though it is not on this computer; kept')
    .option('--check', 'only read and plan, and say what is not supported; 2 where the file cannot be used')
    .option('--sample <name>', 'begin with a copy of this sample in the folder, which must be new or empty')
    .option('--keep-grace', 'leave pods the grace period that the manifests give them')
    .option('--keep-probes', 'leave probes as they are')
    .option('--keep-requests', 'leave what containers ask of CPU and memory')
    .option('--restart', 'start the process of a container anew after a sync')
    .option('--save', 'with --check: write what is proposed for a folder without a skaffold.yaml')
    .action((dir: string | undefined, options: Json & CheckOptions & DevOptions & { check?: boolean }) =>
      choose(options.json, options.check ? 'document' : 'operation', async (session) =>
        options.check
          ? (await import('../commands/dev/check')).check(session, dir ?? '.', options)
          : (await import('../commands/dev/dev')).dev(session, dir ?? '.', options),
      ),
    );
}
