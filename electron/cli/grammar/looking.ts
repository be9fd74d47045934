// The grammar of what shows clusters: list, status, history, versions.
import { type Command, Option } from 'commander';
import { type Choose, command, type Json } from './command';

export function addLooking(program: Command, choose: Choose): void {
  command(program, 'list', "list the engine's clusters, kind's own too").action((options: Json) =>
    choose(options.json, 'document', async (session) => (await import('../commands/look')).list(session)),
  );
  command(program, 'status <name>', 'show a cluster and its nodes').action((name: string, options: Json) =>
    choose(options.json, 'document', async (session) => (await import('../commands/look')).status(session, name)),
  );
  command(program, 'history <name> [number]', 'what was done to a cluster; one of it step by step', [
    'boathouse history shop',
    'boathouse history shop 1 --log',
  ])
    .option('--log', 'print the log of that one as well')
    .action((name: string, number: string | undefined, options: Json & import('../commands/history').HistoryOptions) =>
      choose(options.json, 'document', async (session) =>
        (await import('../commands/history')).history(session, name, number, options),
      ),
    );
  command(program, 'versions', 'list which Kubernetes versions clusters can be made with', [
    'boathouse versions --provider k3s',
  ])
    .addOption(new Option('--provider <name>', 'only those of one provider').choices(['kubeadm', 'k3s']))
    .action((options: Json & import('../commands/versions').VersionsOptions) =>
      choose(options.json, 'document', async (session) =>
        (await import('../commands/versions')).versions(session, options),
      ),
    );
}
