// The command line's grammar: commands, options, help. What a command does is loaded when it is called.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { type Choose, type CommandKind, command, examples, gathered, type Json, type Run } from './grammar';
import { addTemplates } from './grammar-templates';

export interface Grammar {
  program: Command;
  /** What the parsed command line asks for; undefined after help and the like. */
  chosen(): { run: Run; json: boolean; kind: CommandKind } | undefined;
}

export { CommanderError };

/**
 * @param write where commander's own words go: help and version, and usage errors
 * @throws (while parsing) CommanderError, with `exitCode` 0 for help and version
 */
export function createGrammar(version: string, write: { out(text: string): void; err(text: string): void }): Grammar {
  let choice: ReturnType<Grammar['chosen']>;
  const choose: Choose = (json, kind, run) => {
    choice = { json: json ?? false, kind, run };
  };
  const program = new Command('boathouse')
    .description('Local Kubernetes clusters: each node a container of your Docker Engine.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .showHelpAfterError('(help: boathouse --help)')
    .configureOutput({ writeOut: write.out, writeErr: write.err })
    .exitOverride();

  addMaking(program, choose);
  addChanging(program, choose);
  addApplying(program, choose);
  addRegistry(program, choose);
  addImages(program, choose);
  addLooking(program, choose);
  addTemplates(program, choose);
  addApp(program, choose);
  program.addHelpText('after', examples(['boathouse quickstart', 'boathouse create shop --template three-node']));
  return { program, chosen: () => choice };
}

function addMaking(program: Command, choose: Choose): void {
  command(program, 'create <name>', 'make a cluster', [
    'boathouse create shop',
    'boathouse create shop --template three-node --no-switch',
    'boathouse create lab --template ./lab.yaml --dry-run',
    'boathouse create class --template workshop --set workers=3',
  ])
    .option('-t, --template <id|file>', 'what to make: the id of a template, or a YAML file', 'single')
    .addOption(
      new Option(
        '--set <name=value>',
        "value of one of the template's parameters; can be given several times",
      ).argParser(gathered),
    )
    .option('--image <reference>', "node image, in place of the template's")
    .option('--sample-image <reference>', "image of the template's sample workload")
    .option('--keep-on-failure', 'leave the nodes for a look when it fails')
    .option('--no-switch', "leave kubectl's current context as it is")
    .option('--dry-run', 'print the plan and change nothing')
    .action((name: string, options: Json & import('./commands/create').CreateOptions) =>
      choose(options.json, options.dryRun ? 'document' : 'operation', async (session) =>
        (await import('./commands/create')).create(session, name, options),
      ),
    );
  for (const [verb, description] of [
    ['start', 'start a stopped cluster'],
    ['stop', 'stop a cluster; its data is kept'],
    ['resume', 'let a paused cluster go on'],
    ['cleanup', 'remove what an interrupted create left behind'],
  ] as const) {
    command(program, `${verb} <name>`, description).action((name: string, options: Json) =>
      choose(options.json, 'operation', async (session) => (await import('./commands/lifecycle'))[verb](session, name)),
    );
  }
  command(program, 'pause <name>', 'freeze a cluster; its memory is kept', ['boathouse pause shop --wake'])
    .option('--wake', 'resume it at the first request, as long as the app runs')
    .action((name: string, options: Json & { wake?: boolean }) =>
      choose(options.json, 'operation', async (session) =>
        (await import('./commands/lifecycle')).pause(session, name, options),
      ),
    );
  command(program, 'delete <name>', 'delete a cluster and everything in it', ['boathouse delete shop --yes'])
    .option('-y, --yes', 'do not ask')
    .action((name: string, options: Json & { yes?: boolean }) =>
      choose(options.json, 'operation', async (session) =>
        (await import('./commands/lifecycle')).remove(session, name, options),
      ),
    );
}

function addApplying(program: Command, choose: Choose): void {
  command(program, 'apply <name>', 'make a running cluster what a template says', [
    'boathouse apply shop -f shop.yaml --dry-run',
    'boathouse apply class --file ./class.yaml --set workers=5',
  ])
    .requiredOption('-f, --file <file|id>', 'the template: a YAML file, or the id of a known one')
    .addOption(
      new Option(
        '--set <name=value>',
        "value of one of the template's parameters; can be given several times",
      ).argParser((setting: string, before: string[] = []) => [...before, setting]),
    )
    .option('--dry-run', 'print what differs and change nothing')
    .action((name: string, options: Json & import('./commands/apply').ApplyOptions) =>
      choose(options.json, kindOf(options), async (session) =>
        (await import('./commands/apply')).apply(session, name, options),
      ),
    );
}

function addChanging(program: Command, choose: Choose): void {
  const load = () => import('./commands/change');
  const nodes = program.command('nodes').description('add and remove nodes, set limits, labels and taints');
  const dry = (added: Command) => added.option('--dry-run', 'print the plan and change nothing');
  const limits = (added: Command) =>
    added.option('--cpus <number>', 'CPUs a node may use', Number).option('--memory <amount>', 'memory, such as 2Gi');
  dry(
    limits(
      command(nodes, 'add <name>', 'add nodes', [
        'boathouse nodes add shop --count 2',
        'boathouse nodes add shop --role control-plane --count 2',
      ]),
    ),
  )
    .addOption(new Option('--role <role>', 'what they do').choices(['worker', 'control-plane']).default('worker'))
    .option('--count <number>', 'how many', Number, 1)
    .option('--pool <name>', 'name of their pool')
    .option('--label <key=value...>', 'labels of the new nodes')
    .option('--taint <key=value:effect...>', 'taints of the new nodes')
    .action((name: string, options: Json & import('./commands/change').AddOptions) =>
      choose(options.json, kindOf(options), async (session) => (await load()).addNodes(session, name, options)),
    );
  dry(
    command(nodes, 'remove <name> <node>', 'drain a node and delete it', ['boathouse nodes remove shop shop-worker2']),
  )
    .option('--force', 'past disruption budgets and pods that nothing brings back')
    .action((name: string, node: string, options: Json & import('./commands/change').DryRun & { force?: boolean }) =>
      choose(options.json, kindOf(options), async (session) => (await load()).removeNode(session, name, node, options)),
    );
  dry(command(nodes, 'replace <name> <node>', 'drain a worker and make it anew, as the template has it'))
    .option('--force', 'past disruption budgets and pods that nothing brings back')
    .action((name: string, node: string, options: Json & import('./commands/change').DryRun & { force?: boolean }) =>
      choose(options.json, kindOf(options), async (session) =>
        (await load()).replaceNode(session, name, node, options),
      ),
    );
  dry(limits(command(nodes, 'limit <name> <node>', 'set what a node may use'))).action(
    (name: string, node: string, options: Json & { dryRun?: boolean; cpus?: number; memory?: string }) =>
      choose(options.json, kindOf(options), async (session) => (await load()).limitNode(session, name, node, options)),
  );
  for (const [verb, usage, description] of [
    ['labelNode', 'label <name> <node> <key=value...>', 'label a node; key- takes a label away'],
    ['taintNode', 'taint <name> <node> [key=value:effect...]', "set a node's taints; none takes them away"],
  ] as const) {
    dry(command(nodes, usage, description)).action(
      (name: string, node: string, words: string[], options: Json & { dryRun?: boolean }) =>
        choose(options.json, kindOf(options), async (session) =>
          (await load())[verb](session, name, node, words, options),
        ),
    );
  }
  addPorts(program, choose);
  addMirrors(program, choose);
}

function addPorts(program: Command, choose: Choose): void {
  const load = () => import('./commands/change');
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
    .action((name: string, port: string, options: Json & import('./commands/change').OpenOptions) =>
      choose(options.json, kindOf(options), async (session) =>
        (await load()).openPort(session, name, Number(port), options),
      ),
    );
  common(command(ports, 'close <name> <port>', 'close a port')).action(
    (name: string, port: string, options: Json & import('./commands/change').CloseOptions) =>
      choose(options.json, kindOf(options), async (session) =>
        (await load()).closePort(session, name, Number(port), options),
      ),
  );
}

function addMirrors(program: Command, choose: Choose): void {
  const load = () => import('./commands/change');
  const mirrors = program.command('mirrors').description('where the nodes of a cluster fetch images from');
  const dry = (added: Command) => added.option('--dry-run', 'print the plan and change nothing');
  command(mirrors, 'list <name>', 'show the mirrors of a cluster').action((name: string, options: Json) =>
    choose(options.json, 'document', async (session) => (await load()).listMirrors(session, name)),
  );
  dry(
    command(mirrors, 'set <name> <registry> <address...>', 'fetch images of a registry from other addresses first', [
      'boathouse mirrors set shop docker.io https://mirror.example.com',
    ]),
  ).action((name: string, registry: string, addresses: string[], options: Json & { dryRun?: boolean }) =>
    choose(options.json, kindOf(options), async (session) =>
      (await load()).setMirror(session, name, registry, addresses, options),
    ),
  );
  dry(command(mirrors, 'clear <name>', 'take all mirrors away')).action(
    (name: string, options: Json & { dryRun?: boolean }) =>
      choose(options.json, kindOf(options), async (session) => (await load()).clearMirrors(session, name, options)),
  );
  dry(command(mirrors, 'remove <name> <registry>', 'fetch images of a registry from itself again')).action(
    (name: string, registry: string, options: Json & { dryRun?: boolean }) =>
      choose(options.json, kindOf(options), async (session) =>
        (await load()).removeMirror(session, name, registry, options),
      ),
  );
}

function addRegistry(program: Command, choose: Choose): void {
  type Named = Json & import('./commands/registry').Named;
  const load = () => import('./commands/registry');
  const registry = program.command('registry').description('the local registry that clusters share');
  const named = (added: Command) => added.option('--registry <name>', 'another registry, by its container');
  command(registry, 'create', 'make the registry', [
    'boathouse registry create',
    'boathouse registry create --port 5555',
  ])
    .option('--port <port>', 'port of this computer; 5001, or one that is free', Number)
    .option('--image <reference>', 'image of the registry')
    .action((options: Json & { port?: number; image?: string }) =>
      choose(options.json, 'operation', async (session) => (await load()).create(session, options)),
    );
  for (const [verb, name, description] of [
    ['start', 'start', 'start it'],
    ['stop', 'stop', 'stop it; its images are kept'],
    ['collect', 'gc', 'free what no tag needs'],
  ] as const) {
    named(command(registry, name, description)).action((options: Named) =>
      choose(options.json, 'operation', async (session) => (await load())[verb](session, options)),
    );
  }
  named(command(registry, 'delete', 'delete it with all its images'))
    .option('-y, --yes', 'do not ask')
    .action((options: Named & { yes?: boolean }) =>
      choose(options.json, 'operation', async (session) => (await load()).remove(session, options)),
    );
  for (const [verb, description] of [
    ['connect', "let a running cluster's nodes fetch its images"],
    ['disconnect', 'take that back'],
  ] as const) {
    named(command(registry, `${verb} <cluster>`, description)).action((cluster: string, options: Named) =>
      choose(options.json, 'operation', async (session) => (await load())[verb](session, cluster, options)),
    );
  }
  command(registry, 'status', "show the engine's local registries").action((options: Json) =>
    choose(options.json, 'document', async (session) => (await load()).status(session)),
  );
  named(
    command(registry, 'list [repository]', 'list repositories, or the tags of one', ['boathouse registry list web']),
  ).action((repository: string | undefined, options: Named) =>
    choose(options.json, 'document', async (session) => (await load()).list(session, repository, options)),
  );
  named(
    command(registry, 'rm <reference>', 'take a tag away', ['boathouse registry rm localhost:5001/web:dev']),
  ).action((reference: string, options: Named) =>
    choose(options.json, 'document', async (session) => (await load()).removeTag(session, reference, options)),
  );
}

function addImages(program: Command, choose: Choose): void {
  const load = () => import('./commands/images');
  const images = program.command('images').description('bring images into nodes, see and remove them');
  const onNodes = (added: Command) => added.option('-n, --node <name...>', 'only these nodes');
  onNodes(
    command(images, 'load <name> [image...]', 'load images; only what a node lacks travels', [
      'boathouse images load shop web:dev',
      'boathouse images load shop web:dev api:dev --node worker --restart',
      'boathouse images load shop --archive ./image.tar.gz',
    ]),
  )
    .option('-a, --archive <path>', 'of an archive (docker save, OCI; plain, gzip or zstd) or an OCI layout folder')
    .option('--pull', 'pull the images to the engine first')
    .option('--restart', 'restart what runs an older image of the same name')
    .action((name: string, words: string[], options: Json & import('./commands/images').LoadOptions) =>
      choose(options.json, 'operation', async (session) => (await load()).loadImages(session, name, words, options)),
    );
  command(images, 'list [name]', 'list which node has which image; without a cluster, those of the engine').action(
    (name: string | undefined, options: Json) =>
      choose(options.json, 'document', async (session) => (await load()).listImages(session, name)),
  );
  onNodes(
    command(images, 'remove <name> <image...>', 'remove images from nodes', ['boathouse images remove shop web:old']),
  ).action((name: string, words: string[], options: Json & { node?: string[] }) =>
    choose(options.json, 'operation', async (session) => (await load()).removeImages(session, name, words, options)),
  );
  command(images, 'prune <name>', 'remove images that no pod uses', ['boathouse images prune shop --dry-run'])
    .option('-y, --yes', 'do not ask')
    .option('--dry-run', 'print what would go and remove nothing')
    .action((name: string, options: Json & { yes?: boolean; dryRun?: boolean }) =>
      choose(options.json, kindOf(options), async (session) => (await load()).pruneImages(session, name, options)),
    );
}

function kindOf({ dryRun }: { dryRun?: boolean }): CommandKind {
  return dryRun ? 'document' : 'operation';
}

function addLooking(program: Command, choose: Choose): void {
  command(program, 'list', "list the engine's clusters, kind's own too").action((options: Json) =>
    choose(options.json, 'document', async (session) => (await import('./commands/look')).list(session)),
  );
  for (const [verb, description] of [
    ['status', 'show a cluster and its nodes'],
    ['kubeconfig', 'print a kubeconfig that stands alone'],
    ['use', "make a cluster kubectl's current context"],
  ] as const) {
    command(program, `${verb} <name>`, description).action((name: string, options: Json) =>
      choose(options.json, 'document', async (session) => (await import('./commands/look'))[verb](session, name)),
    );
  }
  command(program, 'history <name> [number]', 'what was done to a cluster; one of it step by step', [
    'boathouse history shop',
    'boathouse history shop 1 --log',
  ])
    .option('--log', 'print the log of that one as well')
    .action((name: string, number: string | undefined, options: Json & import('./commands/history').HistoryOptions) =>
      choose(options.json, 'document', async (session) =>
        (await import('./commands/history')).history(session, name, number, options),
      ),
    );
  command(program, 'versions', 'list which Kubernetes versions clusters can be made with', [
    'boathouse versions --provider k3s',
  ])
    .addOption(new Option('--provider <name>', 'only those of one provider').choices(['kubeadm', 'k3s']))
    .action((options: Json & import('./commands/versions').VersionsOptions) =>
      choose(options.json, 'document', async (session) =>
        (await import('./commands/versions')).versions(session, options),
      ),
    );
  command(
    program.command('logs').description("gather a cluster's logs"),
    'export <name>',
    'write everything that helps to understand a cluster into one archive, secrets removed',
    ['boathouse logs export shop --output shop.tar.gz'],
  )
    .option('-o, --output <file>', 'the archive, in place of NAME-logs.tar.gz here')
    .action((name: string, options: Json & { output?: string }) =>
      choose(options.json, 'document', async (session) =>
        (await import('./commands/logs')).exportLogs(session, name, options),
      ),
    );
  command(program, 'doctor', 'check engine, computer, clusters and kubeconfig', ['boathouse doctor --fix'])
    .option('--fix', 'do what can be done about it')
    .option('--mute <id...>', 'do not tell of a finding any more')
    .option('--unmute <id...>', 'tell of it again')
    .action((options: Json & import('./commands/doctor').DoctorOptions) =>
      choose(options.json, 'document', async (session) => (await import('./commands/doctor')).doctor(session, options)),
    );
}

function addApp(program: Command, choose: Choose): void {
  command(program, 'serve', 'serve the app to a browser on this computer', ['boathouse serve --open'])
    .addOption(new Option('-p, --port <port>', 'port, instead of the first free one from 7420').argParser(portOf))
    .option('-o, --open', 'open it in the browser')
    .addOption(new Option('--stop', 'end the one that is running').conflicts(['port', 'open']))
    .action((options: Json & import('./commands/serve').ServeOptions) =>
      choose(options.json, 'service', async (session) => (await import('./commands/serve')).serve(session, options)),
    );
  command(program, 'open', 'open the app in its window, or else in the browser').action((options: Json) =>
    choose(options.json, 'service', async (session) => (await import('./commands/open')).open(session)),
  );
  command(program, 'quickstart', 'from nothing to a three-node cluster and the app', ['boathouse quickstart --yes'])
    .option('-y, --yes', 'install a Docker Engine without asking, where there is none')
    .action((options: Json & { yes?: boolean }) =>
      choose(options.json, 'operation', async (session) =>
        (await import('./quickstart/quickstart')).quickstart(session, options),
      ),
    );
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('It must be a number from 1 to 65535.');
  return port;
}
