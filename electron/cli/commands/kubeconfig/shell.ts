// `boathouse shell`: a shell whose kubectl knows one context and no other, so that nothing done in it reaches another cluster.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { isLocalOrigin } from '../../../../shared/model/kubeconfig';
import { exitCodes } from '../../errors';
import { clientOf, type Session } from '../../session';
import { ownShell } from './own-shell';
import { contextCalled } from './which';

export interface ShellOptions {
  /** A command instead of an interactive shell. */
  command?: string;
  exact?: boolean;
}

/** A context of that name, else a cluster of the engine. @returns the shell's own exit code */
export async function shell(session: Session, name: string, { command, exact = false }: ShellOptions): Promise<number> {
  const { product, terminal } = session;
  const client = await clientOf(session);
  const found = await contextCalled(session, name, exact);
  const { yaml } = found
    ? await client.kubeconfig.export({ context: found.name })
    : await client.clusters.kubeconfig({ name });
  const folder = await mkdtemp(join(tmpdir(), 'boathouse-shell-'));
  try {
    const file = join(folder, 'config');
    await writeFile(file, yaml, { mode: 0o600 });
    const context = found?.name ?? name;
    if (!command) {
      terminal.err(`A shell for ${context} alone; leave it with exit.`);
      if (found && !isLocalOrigin(found.origin)) terminal.err(`It is not on this computer: ${found.server ?? '-'}`);
    }
    const { environment: given, platform } = product;
    const program = shellOf(given, platform);
    const { args, environment, files } = ownShell({
      program,
      platform,
      environment: given,
      folder,
      kubeconfig: file,
      command,
    });
    for (const [path, text] of Object.entries(files)) await writeFile(path, text, { mode: 0o600 });
    const result = await execa(program, args, {
      env: { ...environment, BOATHOUSE_CONTEXT: context },
      extendEnv: false,
      stdio: 'inherit',
      reject: false,
    });
    return result.exitCode ?? exitCodes.failed;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function shellOf(environment: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  if (platform === 'win32') return environment.ComSpec ?? 'cmd.exe';
  return environment.SHELL || '/bin/sh';
}
