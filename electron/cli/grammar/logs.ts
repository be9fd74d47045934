// The grammar of logs: of pods, and of a whole cluster as an archive.
import type { Command } from 'commander';
import type { PodLogsOptions } from '../commands/pod-logs';
import { type Choose, command, gathered, type Json } from './command';

type Given = Json & PodLogsOptions;

export function addLogs(program: Command, choose: Choose): void {
  const logs = command(program, 'logs', "print what a cluster's pods say, or gather all of a cluster's logs", [
    'boathouse logs shop deploy/web -f',
    'boathouse logs shop checkout-0 -n shop --previous',
    'boathouse logs shop -l app=web --tail 20 --timestamps',
  ])
    .argument('[name]', 'a cluster or context')
    .argument('[target...]', 'a pod, or deployment/NAME, statefulset/NAME, service/NAME and so on')
    .option('-f, --follow', 'go on with what is written from now on; pods that come later join')
    .option('-p, --previous', 'of the run before the present one')
    .option('-n, --namespace <namespace>', 'where it is; without it, that of the context')
    .option('-l, --selector <labels>', 'all pods that have these labels, in the syntax of Kubernetes')
    .option('-c, --container <container>', 'only of this container; can be given several times', gathered)
    .option('--since <moment>', 'only what was written since: 30s, 5m, 2h, or a moment as 2026-03-14T09:26:53Z')
    .option('--tail <lines>', 'so many lines of each container from the end', Number)
    .option('--timestamps', 'begin each line with when it was written')
    .option('--exact', "take the name for a context's own, though a cluster is called so as well")
    .action((name: string | undefined, targets: string[], options: Given) => {
      if (name === undefined) return logs.help({ error: true });
      choose(options.json, options.follow ? 'service' : 'document', async (session) =>
        (await import('../commands/pod-logs')).podLogs(session, name, targets, options),
      );
    });
  command(
    logs,
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
}
