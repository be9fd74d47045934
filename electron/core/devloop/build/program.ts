// Builds that only docker's program can do: with secrets, ssh or flags of the user's.
import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import type { DockerBuilder } from '../../../../shared/model/devloop/artifact';
import { AppError } from '../../../../shared/model/errors';
import type { Engine } from '../../engine/engine';
import { cancelled } from '../../engine/failures';
import { loopHint } from '../words';
import type { BuildHooks, DockerBuild } from './request';

/** Secrets and keys travel in a session that only docker's program opens. */
export function needsProgram({ secrets, ssh, cliFlags }: DockerBuilder): boolean {
  return secrets.length > 0 || ssh !== undefined || cliFlags.length > 0;
}

/** The arguments after `docker`. Pure. */
export function programArguments({ artifact, buildArgs, platform }: DockerBuild, idFile: string): string[] {
  const { builder, context } = artifact;
  const list = (flag: string, values: readonly string[]) => values.flatMap((value) => [flag, value]);
  return [
    'buildx',
    'build',
    '--load',
    '--progress=plain',
    `--iidfile=${idFile}`,
    `--file=${builder.dockerfile}`,
    ...list('--label', [`dev.boathouse.artifact=${artifact.image}`]),
    ...list(
      '--build-arg',
      Object.entries(buildArgs).map(([name, value]) => `${name}=${value}`),
    ),
    ...(builder.target ? [`--target=${builder.target}`] : []),
    ...(builder.network ? [`--network=${builder.network}`] : []),
    ...list('--add-host', builder.addHost),
    ...list('--cache-from', builder.cacheFrom),
    ...(artifact.platforms.length > 0 ? [`--platform=${platform}`] : []),
    ...(builder.pullParent ? ['--pull'] : []),
    ...(builder.noCache ? ['--no-cache'] : []),
    ...list(
      '--secret',
      builder.secrets.map(({ id, src, env }) =>
        [`id=${id}`, src && `src=${src}`, env && `env=${env}`].filter(Boolean).join(','),
      ),
    ),
    ...(builder.ssh ? [`--ssh=${builder.ssh}`] : []),
    ...builder.cliFlags,
    context,
  ];
}

/** Throws `program-missing`, and `exec-failed` with the end of what it said. */
export async function buildByProgram(
  engine: Engine,
  build: DockerBuild,
  signal: AbortSignal,
  hooks: BuildHooks,
): Promise<string> {
  const idFile = join(tmpdir(), `boathouse-image-${randomUUID()}`);
  const { image, builder } = build.artifact;
  const said: string[] = [];
  try {
    const child = execa('docker', programArguments(build, idFile), {
      cancelSignal: signal,
      reject: false,
      all: true,
      buffer: false,
      stdin: 'ignore',
      env: { DOCKER_HOST: engine.endpoint.host, BUILDX_METADATA_PROVENANCE: 'disabled' },
    });
    for await (const line of createInterface({ input: child.all })) {
      hooks.onLine?.(line);
      said.push(line);
      if (said.length > 200) said.shift();
    }
    const { exitCode, code } = await child;
    if (signal.aborted) throw cancelled(signal);
    const text = said.join('\n');
    if (code === 'ENOENT' || /'buildx' is not a docker command|unknown command|component is missing/.test(text)) {
      throw new AppError('program-missing', `Building ${image} needs docker with buildx`, {
        params: { program: 'docker buildx' },
        hints: [loopHint('install-buildx')],
      });
    }
    if (exitCode === 0) return (await readFile(idFile, 'utf8')).trim();
    const line = /Dockerfile:(\d+)/.exec(text)?.[1];
    throw new AppError(
      'exec-failed',
      `Building ${image} failed: ${said.findLast((one) => /ERROR/.test(one)) ?? `exit code ${exitCode}`}`,
      {
        params: {
          command: 'docker buildx build',
          exitCode: exitCode ?? -1,
          ...(line && { line: Number(line), file: builder.dockerfile }),
        },
        detail: said.slice(-40).join('\n'),
        hints: [loopHint('mend-build')],
      },
    );
  } finally {
    await rm(idFile, { force: true });
  }
}
