// The programs that make manifests, run with what the user's shell would give them.
import { execa } from 'execa';
import type { Deployment } from '../../../../shared/model/devloop/deployment';
import { AppError } from '../../../../shared/model/errors';
import { loopHint } from '../words';

export interface RenderRequest {
  readonly deployment: Deployment;
  readonly images: ReadonlyMap<string, string>;
  readonly namespace: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What it prints; undefined where there is no such program. Throws `exec-failed`. */
export async function run(
  program: string,
  words: readonly string[],
  { environment, cwd }: Pick<RenderRequest, 'environment'> & { readonly cwd?: string },
  signal: AbortSignal,
  input?: string,
): Promise<string | undefined> {
  const { exitCode, stdout, stderr, code } = await execa(program, words, {
    reject: false,
    cancelSignal: signal,
    ...(cwd && { cwd }),
    env: { ...environment },
    extendEnv: false,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    maxBuffer: 64 * 1024 * 1024,
  });
  signal.throwIfAborted();
  if (code === 'ENOENT') return undefined;
  if (exitCode === 0) return stdout;
  const command = [program, ...words].join(' ');
  throw new AppError('exec-failed', `${program} failed: ${stderr.trim().split('\n').at(-1) ?? exitCode}`, {
    params: { command, exitCode: exitCode ?? -1 },
    detail: stderr.slice(-4000),
    hints: [loopHint('mend-apply')],
  });
}

export function programMissing(program: string, reason: string): AppError {
  return new AppError('program-missing', `${reason}, which is not on the PATH`, {
    params: { program },
    hints: [loopHint('install-program', { program })],
  });
}
