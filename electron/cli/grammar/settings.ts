// The grammar of `boathouse settings`.
import type { Command } from 'commander';
import { type Choose, command, type Json } from './command';

export function addSettings(program: Command, choose: Choose): void {
  const load = () => import('../commands/settings');
  const settings = program
    .command('settings')
    .description('what the app and the command line do unless told otherwise');
  settings
    .command('list', { isDefault: true })
    .description('show all settings')
    .option('--json', 'print JSON, for programs')
    .action((options: Json) => choose(options.json, 'document', async (session) => (await load()).list(session)));
  command(settings, 'get <name>', 'print one of them', ['boathouse settings get proxies.https']).action(
    (name: string, options: Json) =>
      choose(options.json, 'document', async (session) => (await load()).get(session, name)),
  );
  command(settings, 'set <name> <value>', 'change one of them; - reads the value from standard input', [
    'boathouse settings set defaultTemplate three-node',
    'boathouse settings set proxies.https http://proxy.example.com:3128',
    'boathouse settings set certificates - < company-ca.pem',
  ]).action((name: string, value: string, options: Json) =>
    choose(options.json, 'document', async (session) => (await load()).set(session, name, value)),
  );
  command(settings, 'reset', 'make all as they are at first')
    .option('-y, --yes', 'do not ask')
    .action((options: Json & { yes?: boolean }) =>
      choose(options.json, 'document', async (session) => (await load()).reset(session, options)),
    );
  command(settings, 'export', 'print all as a document, to keep or to hand on', [
    'boathouse settings export > settings.json',
  ]).action((options: Json) => choose(options.json, 'document', async (session) => (await load()).exportAll(session)));
  command(settings, 'import <file>', 'take such a document over; - reads standard input', [
    'boathouse settings import settings.json',
  ]).action((file: string, options: Json) =>
    choose(options.json, 'document', async (session) => (await load()).importAll(session, file)),
  );
}
