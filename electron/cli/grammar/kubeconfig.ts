// The grammar of what has to do with the user's kubeconfig: kubeconfig, use.
import type { Command } from 'commander';
import { type Choose, command, type Json } from './command';

export function addKubeconfig(program: Command, choose: Choose): void {
  for (const [verb, description] of [
    ['kubeconfig', 'print a kubeconfig that stands alone'],
    ['use', "make a cluster kubectl's current context"],
  ] as const) {
    command(program, `${verb} <name>`, description).action((name: string, options: Json) =>
      choose(options.json, 'document', async (session) => (await import('../commands/look'))[verb](session, name)),
    );
  }
}
