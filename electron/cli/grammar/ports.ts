// The grammar of `boathouse ports`.
import type { Command } from 'commander';
import { type Choose, command, type Json, kindOf } from './command';

export function addPorts(program: Command, choose: Choose): void {
  const load = () => import('../commands/change');
  const ports = program.command('ports').description('open and close ports of this computer into a cluster');
  const common = (added: Command) =>
    added
      .option('--address <address>', 'address of this computer', '127.0.0.1')
      .option('--protocol <protocol>', 'tcp, udp or sctp', 'tcp')
      .option('--dry-run', 'print the plan and change nothing');
  command(ports, 'list <name>', 'show which ports lead where').action((name: string, options: Json) =>
    choose(options.json, 'document', async (session) => (await load()).listPorts(session, name)),
  );
  common(
    command(ports, 'open <name> <port>', 'open a port', [
      'boathouse ports open shop 8080 --service web:80',
      'boathouse ports open shop 30080',
      'boathouse ports open shop 80 --node worker:80',
    ]),
  )
    .option('--service <name:port>', 'a Service')
    .option('-n, --namespace <name>', 'namespace of the Service', 'default')
    .option('--node <name:port>', 'a port of a node or a pool')
    .option('--node-port <port>', 'a NodePort; the default, of the same number', Number)
    .action((name: string, port: string, options: Json & import('../commands/change').OpenOptions) =>
      choose(options.json, kindOf(options), async (session) =>
        (await load()).openPort(session, name, Number(port), options),
      ),
    );
  common(command(ports, 'close <name> <port>', 'close a port')).action(
    (name: string, port: string, options: Json & import('../commands/change').CloseOptions) =>
      choose(options.json, kindOf(options), async (session) =>
        (await load()).closePort(session, name, Number(port), options),
      ),
  );
}
