// The command line: its features' commands, and which one was chosen. What a command does is loaded when it is called.
import { Command, CommanderError } from 'commander';
import { addAccess } from './grammar/access';
import { addActions } from './grammar/actions';
import { addApp } from './grammar/app';
import { addCaches } from './grammar/caches';
import { type Choose, type CommandKind, examples, type Run } from './grammar/command';
import { addCopy } from './grammar/cp';
import { addApply, addCreate } from './grammar/create';
import { addDashboard } from './grammar/dashboard';
import { addDev } from './grammar/dev';
import { addDiagnosis } from './grammar/diagnosis';
import { addDisk } from './grammar/disk';
import { addExec } from './grammar/exec';
import { addForwards } from './grammar/forwards';
import { addImages } from './grammar/images';
import { addInside } from './grammar/inside';
import { addKubeconfig } from './grammar/kubeconfig';
import { addLifecycle } from './grammar/lifecycle';
import { addLogs } from './grammar/logs';
import { addLooking } from './grammar/looking';
import { addManifests } from './grammar/manifests';
import { addMirrors } from './grammar/mirrors';
import { addNodes } from './grammar/nodes';
import { addPorts } from './grammar/ports';
import { addRecord } from './grammar/record';
import { addRegistry } from './grammar/registry';
import { addSettings } from './grammar/settings';
import { addTemplates } from './grammar/templates';

export interface Grammar {
  program: Command;
  /** What the parsed command line asks for; undefined after help and the like. */
  chosen(): { run: Run; json: boolean; kind: CommandKind } | undefined;
}

export { CommanderError };

/** In the order of the help. A command's grammar is in `grammar`, beside its feature's other commands; what it does in `commands`. */
const features = [
  addCreate,
  addLifecycle,
  addNodes,
  addPorts,
  addMirrors,
  addAccess,
  addApply,
  addRegistry,
  addCaches,
  addImages,
  addDisk,
  addLooking,
  addKubeconfig,
  addDev,
  addDashboard,
  addInside,
  addLogs,
  addActions,
  addExec,
  addCopy,
  addRecord,
  addForwards,
  addManifests,
  addDiagnosis,
  addTemplates,
  addSettings,
  addApp,
];

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

  for (const add of features) add(program, choose);
  program.addHelpText('after', examples(['boathouse quickstart', 'boathouse create shop --template three-node']));
  return { program, chosen: () => choice };
}
