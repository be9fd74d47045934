// What every front tells the core about the process it runs in: environment, folders, version.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';
import packageJson from '../package.json';
import type { CoreOptions } from './core/options';

export const version = packageJson.version;

/** The folder with package.json and `resources`: the checkout, or the root of the packaged app. */
export function productFolder(from: string = import.meta.dirname): string {
  if (existsSync(join(from, 'package.json')) && existsSync(join(from, 'resources'))) return from;
  const parent = dirname(from);
  if (parent === from)
    throw new Error('The folder "resources" of Boathouse is missing: this installation is not whole');
  return productFolder(parent);
}

/** Where things of this user are kept: XDG folders on Linux, the platform's own elsewhere. */
export function userDirectories(platform: NodeJS.Platform): CoreOptions['directories'] {
  const paths = envPaths('boathouse', { suffix: '' });
  // env-paths calls XDG_STATE_HOME `log`; on other platforms that is a folder for logs only.
  const state = platform === 'linux' ? paths.log : join(paths.data, 'state');
  return { config: paths.config, state, cache: paths.cache };
}

/** Options of a core in this process. */
export function coreOptions(shell: CoreOptions['shell'], log: (line: string) => void): CoreOptions {
  return {
    environment: process.env,
    homeDirectory: homedir(),
    platform: process.platform,
    directories: userDirectories(process.platform),
    resources: join(productFolder(), 'resources'),
    version,
    shell,
    log,
  };
}
