// An image made by a command of the user's, with the environment that skaffold gives such commands.
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import type { Artifact, CustomBuilder } from '../../../../shared/model/devloop/artifact';
import { AppError } from '../../../../shared/model/errors';
import type { Engine } from '../../engine/engine';
import { cancelled } from '../../engine/failures';
import { imageExists } from '../../engine/pull';
import { loopHint } from '../words';
import type { BuildHooks } from './request';

export interface CustomBuild {
  readonly artifact: Artifact & { readonly builder: CustomBuilder };
  /** Name and tag that the command is to give its image. */
  readonly repo: string;
  readonly tag: string;
  readonly push: boolean;
  readonly platform: string;
  readonly kubeContext: string;
  readonly namespace: string;
  /** References of required images by their alias. */
  readonly required: Readonly<Record<string, string>>;
}

/** skaffold v2: `buildArtifacts` of custom builders. Pure. */
export function customEnvironment({
  artifact,
  repo,
  tag,
  push,
  platform,
  kubeContext,
  namespace,
  required,
}: CustomBuild) {
  return {
    IMAGE: `${repo}:${tag}`,
    IMAGE_REPO: repo,
    IMAGE_TAG: tag,
    PUSH_IMAGE: String(push),
    BUILD_CONTEXT: artifact.context,
    PLATFORMS: artifact.platforms.length > 0 ? artifact.platforms.join(',') : platform,
    SKIP_TEST: 'false',
    KUBE_CONTEXT: kubeContext,
    NAMESPACE: namespace,
    ...required,
  };
}

/**
 * Runs it and returns the engine's id of what it made. Aborting ends it with its children.
 * Throws `exec-failed` with the end of what it said, or when the image is not there afterwards.
 */
export async function buildCustom(
  engine: Engine,
  build: CustomBuild,
  signal: AbortSignal,
  hooks: BuildHooks = {},
): Promise<string> {
  const { builder, image, context } = build.artifact;
  const { buildCommand: command } = builder;
  const reference = `${build.repo}:${build.tag}`;
  if (command === undefined) return foundImage(engine, image, image, signal);
  const said: string[] = [];
  const child = execa(command, {
    shell: true,
    cwd: context,
    env: { DOCKER_HOST: engine.endpoint.host, ...customEnvironment(build) },
    reject: false,
    all: true,
    buffer: false,
    stdin: 'ignore',
    detached: process.platform !== 'win32',
  });
  // A shell's children do not end with it.
  const end = () => {
    try {
      if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGTERM');
      else child.kill();
    } catch {
      // It has ended.
    }
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    if (signal.aborted) end();
    for await (const line of createInterface({ input: child.all })) {
      hooks.onLine?.(line);
      said.push(line);
      if (said.length > 60) said.shift();
    }
    const { exitCode } = await child;
    if (signal.aborted) throw cancelled(signal);
    if (exitCode !== 0) {
      throw new AppError('exec-failed', `Building ${image} failed: its command ended with ${exitCode ?? 'a signal'}`, {
        params: { command, exitCode: exitCode ?? -1 },
        detail: said.join('\n'),
        hints: [loopHint('mend-build')],
      });
    }
  } finally {
    signal.removeEventListener('abort', end);
  }
  return foundImage(engine, reference, image, signal);
}

async function foundImage(engine: Engine, reference: string, image: string, signal: AbortSignal): Promise<string> {
  const found = await imageExists(engine, reference, signal);
  if (found) return found.id;
  throw new AppError('image-missing', `The build of ${image} gave no image ${reference}`, {
    params: { reference },
    hints: [loopHint('make-image')],
  });
}
