// The grammar of the app itself: `boathouse serve`, `open` and `quickstart`.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Choose, command, type Json } from './command';

export function addApp(program: Command, choose: Choose): void {
  command(program, 'serve', 'serve the app to a browser on this computer', ['boathouse serve --open'])
    .addOption(new Option('-p, --port <port>', 'port, instead of the first free one from 7420').argParser(portOf))
    .option('-o, --open', 'open it in the browser')
    .addOption(new Option('--stop', 'end the one that is running').conflicts(['port', 'open']))
    // What the process that keeps it says to the one that has the core.
    .addOption(new Option('--kept <logs>').choices(['log', 'quiet']).hideHelp())
    .action((options: Json & import('../commands/serve').ServeOptions) =>
      choose(options.json, 'service', async (session) => (await import('../commands/serve')).serve(session, options)),
    );
  command(
    program,
    'open [file]',
    "open the app in its window, or else in the browser; with a template's file, a look at it",
    ['boathouse open', 'boathouse open class.boathouse'],
  ).action((file: string | undefined, options: Json) =>
    choose(options.json, 'service', async (session) => (await import('../commands/open')).open(session, file)),
  );
  command(program, 'quickstart', 'from nothing to a three-node cluster and the app', ['boathouse quickstart --yes'])
    .option('-y, --yes', 'install a Docker Engine without asking, where there is none')
    .action((options: Json & { yes?: boolean }) =>
      choose(options.json, 'operation', async (session) =>
        (await import('../quickstart/quickstart')).quickstart(session, options),
      ),
    );
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('It must be a number from 1 to 65535.');
  return port;
}
