// How a shell is started so that what it reads at its beginning does not lead kubectl to another cluster: many a .bashrc sets KUBECONFIG.
import { basename, join } from 'node:path';

export interface OwnShell {
  args: string[];
  environment: Record<string, string | undefined>;
  /** Files for its beginning, by their paths. */
  files: Record<string, string>;
}

/**
 * Variables by which tools look past KUBECONFIG: Helm 3 (`HELM_KUBE*`), Skaffold 2 (`SKAFFOLD_KUBECONFIG`, `SKAFFOLD_KUBE_CONTEXT`),
 * Terraform's provider (`KUBE_*`), kubectl's own default for a cluster without a server (`KUBERNETES_MASTER`).
 */
const astray = /^(HELM_KUBE\w+|SKAFFOLD_KUBE\w+|KUBE_(CONFIG_PATHS?|CTX\w*|HOST|TOKEN)|KUBERNETES_MASTER)$/;

interface Wanted {
  program: string;
  platform: NodeJS.Platform;
  environment: Readonly<Record<string, string | undefined>>;
  /** Folder of its own, that is removed afterwards. */
  folder: string;
  /** The kubeconfig with the one context. */
  kubeconfig: string;
  /** In place of an interactive shell. */
  command: string | undefined;
}

/** Pure. Shells that are not known get the variable alone. */
export function ownShell({ program, platform, environment, folder, kubeconfig, command }: Wanted): OwnShell {
  const kept = Object.entries(environment).filter(([name]) => !astray.test(name));
  const own = { ...Object.fromEntries(kept), KUBECONFIG: kubeconfig };
  if (platform === 'win32') return { args: command === undefined ? [] : ['/c', command], environment: own, files: {} };
  const shell = basename(program);
  const set = shell === 'fish' ? `set -gx KUBECONFIG ${quoted(kubeconfig)}` : `export KUBECONFIG=${quoted(kubeconfig)}`;
  const unset =
    shell === 'fish' ? [] : [`unset $(env | sed -n 's/^\\(HELM_KUBE[A-Z]*\\|SKAFFOLD_KUBE[A-Z_]*\\)=.*/\\1/p')`];
  // A new line and no semicolon: it may begin with a comment.
  if (command !== undefined) return { args: ['-c', `${set}\n${command}`], environment: own, files: {} };
  const home = environment.HOME ?? '';
  const after = (...read: string[]) =>
    [...read.map((file) => `[ -r ${quoted(file)} ] && . ${quoted(file)}`), set, ...unset, ''].join('\n');
  switch (shell) {
    case 'bash': {
      const file = join(folder, 'bashrc');
      return {
        args: ['--rcfile', file],
        environment: own,
        files: { [file]: after('/etc/bash.bashrc', join(home, '.bashrc')) },
      };
    }
    case 'zsh': {
      const theirs = environment.ZDOTDIR ?? home;
      // zsh reads all of its files from there.
      const passed = ['.zshenv', '.zprofile', '.zlogin'].map((name) => [
        join(folder, name),
        `[ -r ${quoted(join(theirs, name))} ] && . ${quoted(join(theirs, name))}\nZDOTDIR=${quoted(folder)}\n`,
      ]);
      const begin = `${after(join(theirs, '.zshrc'))}ZDOTDIR=${quoted(theirs)}\n`;
      return {
        args: [],
        environment: { ...own, ZDOTDIR: folder },
        files: { ...Object.fromEntries(passed), [join(folder, '.zshrc')]: begin },
      };
    }
    case 'fish':
      return { args: ['-C', set], environment: own, files: {} };
    default: {
      // POSIX: an interactive shell reads the file that ENV names.
      const file = join(folder, 'env');
      const before = environment.ENV ? [environment.ENV] : [];
      return { args: [], environment: { ...own, ENV: file }, files: { [file]: after(...before) } };
    }
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
